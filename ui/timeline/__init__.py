"""The timeline: tracks over time, their clips and regions."""
