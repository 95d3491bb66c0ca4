"""Requests in, audio out, on this machine; nothing of it is told to anybody."""

import os

# ONNX Runtime 1.31 would count its uses under an id for this machine and send that over HTTPS; it
# reads the switch while it is imported, and so would the processes that we start.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
