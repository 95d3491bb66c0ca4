"""`python -m tests.benchmarks.child FILE FUNCTION`: run it, print its rows as one line of JSON."""

import importlib.util
import sys

import msgspec


def main() -> None:
    path, function = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("benchmark", path)
    if spec is None or spec.loader is None:
        sys.exit(f"not a Python file: {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmark"] = module
    spec.loader.exec_module(module)
    sys.stdout.buffer.write(b"\n" + msgspec.json.encode(getattr(module, function)()) + b"\n")


if __name__ == "__main__":
    main()
