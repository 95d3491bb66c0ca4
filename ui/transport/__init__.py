"""The transport bar."""
