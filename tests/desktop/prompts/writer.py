"""Run as a program: adds prompts to the library at argv[1] until it is killed, or argv[3] of them.

Each is called argv[2] and its number, which is told on stdout once it is in.
"""

import sys
from itertools import count, islice
from pathlib import Path

from desktop.prompts.library import Library

if __name__ == "__main__":
    path, name = Path(sys.argv[1]), sys.argv[2]
    most = int(sys.argv[3]) if len(sys.argv) > 3 else None
    with Library(path) as library:
        for number in islice(count(), most):
            library.add(f"{name} {number}", ("written",))
            library.use("shared")
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
