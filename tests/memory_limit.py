"""Keeps a real process from using more than so much memory."""

import psutil


def limit_memory(process: psutil.Process, room_mb: int) -> None:
    """Let the process use no more than `room_mb` beyond what it uses now.

    Address space is not limited: malloc reserves 64 MB of it for a thread that allocates before
    another has ended, and which threads do is a matter of chance.
    """
    most = process.memory_info().data + room_mb * 2**20
    process.rlimit(psutil.RLIMIT_DATA, (most, process.rlimit(psutil.RLIMIT_DATA)[1]))
