"""The commands by name; each is imported when it is called, as some take long to import."""

from importlib import import_module
from typing import Final

import click

COMMANDS: Final = {
    "sketch": "Turn a MIDI file and a prompt into audio in one go.",
    "new": "Make an empty song.",
    "import": "Make a song from a MIDI file, or add the file's tracks to one.",
    "cues": "Make regions of a cue sheet: spans of time with their prompts.",
    "render": "Render the regions of a song; with --out, export it too.",
    "draw": "Draw the notes that the model improvised for takes into their regions.",
    "export": "Write stems, the mix and MIDI of a song.",
    "info": "Show what is in a song.",
    "recover": "Take up a newer autosave after a crash.",
    "verify": "Render the takes of a song again and say which are equal.",
    "models": "List, show, verify, add, use and remove model packs.",
}
# Commands that the program has besides, for which Qt is needed: `desktop.__main__` runs them.
OUTSIDE: Final = {"open": "Open a song in the window; the last one without a name."}
HELP: Final = {"help_option_names": ["-h", "--help"]}
EPILOG: Final = """\
Progress goes to stderr, results go to stdout. With --json a command writes one JSON object a line
to stdout, each with the key "event": note, job, progress, take, refused, failed, drawn, verdict,
file, pack, song, cue and unread as they come; the last is done, error or cancelled.

Exit status: 0 done; 1 something could not be rendered, or is not as it was; 2 wrong input, with
one line on stderr; 130 cancelled by Ctrl+C; 143 ended by SIGTERM.
"""


class LazyGroup(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"desktop.cli.{name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list({**OUTSIDE, **COMMANDS}.items()))


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings=HELP)
@click.version_option(package_name="partimento", prog_name="partimento")
def partimento() -> None:
    """Sketch a melody, prompt it, and hear a model on your own machine realise it."""
