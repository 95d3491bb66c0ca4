"""Nothing committed depends on one machine or on one place to download from."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".cfg", ".json", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}
FOREIGN = re.compile(
    r"pypi[.]org|pythonhosted[.]org|download[.]pytorch|\bindex-url\b\s*[=:]"
    r"|(?<![\w./*])/(?:home|root|work|Users)/\w"
)


def committed_texts() -> list[str]:
    """Return the committed text files; none where this is no git checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return []
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = listing.stdout.split("\0")[:-1]
    return [name for name in names if Path(name).suffix in TEXT and (ROOT / name).is_file()]


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    texts = committed_texts()
    if not texts:
        pytest.skip("only a git checkout says what is committed")
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in texts
        for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), start=1)
        if FOREIGN.search(line)
    ]
    assert not found, "\n".join(found)
