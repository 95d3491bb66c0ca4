"""`python -m tests.benchmarks.child FILE FUNCTION RESULT`: run it, write its rows to RESULT."""

import importlib.util
import sys
from pathlib import Path

import msgspec


def main() -> None:
    path, function, result = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("benchmark", path)
    if spec is None or spec.loader is None:
        sys.exit(f"not a Python file: {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmark"] = module
    spec.loader.exec_module(module)
    Path(result).write_bytes(msgspec.json.encode(getattr(module, function)()))


if __name__ == "__main__":
    main()
