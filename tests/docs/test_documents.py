"""What the documents claim is so: their snippets run, their links and folders exist."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
CODE_FOLDERS = ("desktop", "ui", "inference", "onnx_models")


def tokens(document: str) -> Iterator[Token]:
    """Yield the Markdown tokens of `document`, those within a line included."""
    for token in MarkdownIt().parse((ROOT / document).read_text("utf-8")):
        yield token
        yield from token.children or ()


def snippets(language: str) -> list[tuple[str, str]]:
    """Return (document, text) for each fenced block in `language`."""
    return [
        (document, token.content)
        for document in DOCUMENTS
        for token in tokens(document)
        if token.type == "fence" and token.info == language
    ]


def shell_commands() -> list[tuple[str, list[str]]]:
    """Return (document, words) for each line `$ command` of the console snippets."""
    return [
        (document, shlex.split(line[2:]))
        for document, text in snippets("console")
        for line in text.splitlines()
        if line.startswith("$ ")
    ]


def in_environment(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `words` in `folder` with the commands of this Python's environment found first."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def links() -> list[tuple[str, str]]:
    """Return (document, target) for each link or picture that points into this repository."""
    found = [
        (document, str(token.attrs.get("href") or token.attrs.get("src")))
        for document in DOCUMENTS
        for token in tokens(document)
        if token.type in {"link_open", "image"}
    ]
    return [(document, target) for document, target in found if "://" not in target]


def folders_named() -> list[str]:
    """Return what ARCHITECTURE.md sets as code and ends with a slash."""
    codes = (t.content for t in tokens("ARCHITECTURE.md") if t.type == "code_inline")
    return sorted({code for code in codes if re.fullmatch(r"[\w./-]+/", code)})


def packages() -> list[str]:
    """Return the packages of the program, two levels deep, as ARCHITECTURE.md writes them."""
    inits = (
        init
        for folder in CODE_FOLDERS
        for pattern in ("__init__.py", "*/__init__.py")
        for init in (ROOT / folder).glob(pattern)
    )
    return sorted(f"{init.parent.relative_to(ROOT).as_posix()}/" for init in inits)


@pytest.mark.parametrize(("document", "text"), snippets("python"))
def test_python_snippets_run(document: str, text: str, tmp_path: Path) -> None:
    result = in_environment([sys.executable, "-W", "error", "-c", text], tmp_path)
    assert result.returncode == 0, f"{document}: {result.stderr}"


@pytest.mark.parametrize(
    "words", [words for _, words in shell_commands() if words[0] == "make"], ids=" ".join
)
def test_make_knows_the_commands_shown(words: list[str]) -> None:
    result = in_environment(["make", "--dry-run", *words[1:]], ROOT)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("document", "target"), links())
def test_links_lead_to_files_of_the_repository(document: str, target: str) -> None:
    assert (ROOT / target.partition("#")[0]).exists(), f"{document} links to {target}"


@pytest.mark.parametrize("folder", folders_named())
def test_folders_named_in_the_architecture_exist(folder: str) -> None:
    assert (ROOT / folder).is_dir()


def test_every_package_is_named_in_the_architecture() -> None:
    assert set(packages()) <= set(folders_named())
