"""The README's command lines are those of the real program."""

import shlex
import shutil
from pathlib import Path

import click
import pytest

from desktop.__main__ import open_command
from desktop.cli.commands import partimento
from tests.docs.test_documents import ROOT, in_environment, shell_commands, tokens


def test_the_tour_can_be_typed_line_by_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tour = [words for _, words in shell_commands() if words[0] == "partimento"]
    assert tour, "the README shows no command line"
    for words in tour:
        result = in_environment(words, tmp_path)
        assert result.returncode == 0, f"{' '.join(words)}\n{result.stdout}{result.stderr}"


def lines_within_text() -> list[str]:
    """Return the commands that the README sets as code within its text."""
    codes = (token.content for token in tokens("README.md") if token.type == "code_inline")
    return [code for code in codes if code.startswith("partimento ")]


@pytest.mark.parametrize("line", lines_within_text())
def test_the_program_takes_the_options_shown(line: str) -> None:
    _, name, *words = shlex.split(line)
    known = partimento.get_command(click.Context(partimento), name)
    command = open_command() if name == "open" else known
    assert command is not None
    command.make_context(name, words)
