"""`packaging/` is no package, so the scripts in it are imported from the folder itself."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
