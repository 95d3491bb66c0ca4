"""Renews the translations from the code: `python -m ui.translations`.

Texts that are new stand in the .ts files afterwards as unfinished, those that the code no longer
has are gone, and the .qm files, which the program reads, hold what is translated.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

import PySide6

from ui.translations.catalogue import read_catalogue, renewed, write_catalogue
from ui.translations.texts import read_folders

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
FOLDERS: Final = (ROOT / "ui", ROOT / "desktop" / "session")
LANGUAGES: Final = ("zh_CN",)


def main() -> int:
    """Renew every language; return 1 where texts are left to translate or cannot be read."""
    reading = read_folders(FOLDERS)
    lines = list(reading.wrong)
    for language in LANGUAGES:
        path = HERE / f"partimento_{language}.ts"
        catalogue = renewed(read_catalogue(path), reading.texts)
        write_catalogue(path, language, catalogue)
        release(path, path.with_suffix(".qm"))
        lines += [f"{path.name}: {text}" for text in sorted(catalogue) if not catalogue[text]]
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


def release(source: Path, target: Path) -> None:
    """Make the .qm file `target` of the .ts file `source`."""
    tool = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([tool, "-silent", source, "-qm", target], check=True)


if __name__ == "__main__":
    raise SystemExit(main())
