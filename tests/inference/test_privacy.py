import os
import subprocess
import sys
from pathlib import Path


def test_onnx_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    before = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    before.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run(
        [sys.executable, "-c", "import inference.sessions"], env=before, check=True, timeout=60
    )
    assert list(tmp_path.iterdir()) == []
