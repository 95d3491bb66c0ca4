"""Cue sheets: text that says what shall sound when, read into cues and written again.

A cue is a span and a prompt, as `[0:15] "soft guitar"`; a line may hold several. Spans are

- `[15:30]`, within brackets and without a dash: plain seconds, from 15 to 30;
- `0:15-0:30`, `1:02:03 - 1:04:00`, `15s-30s`: with a dash, the word to, 到 or 至 between start and
  end, whether or not there are brackets: minutes and seconds, as clocks show them;
- `bars 1-8`, `bar 9`, `第1-8小节`: whole bars, the last one included.

So a dash decides what a colon means: where there is one, the colon parts minutes from seconds, and
where there is none it parts start from end. A prompt stands in quotes of any kind, in which `\\n`
is a new line and a backslash goes before the quote that would end it; without quotes it goes on to
the next span in brackets or to the end of the line. Behind a quoted prompt there may be a tempo, as
`"drums" 90 BPM`; else the one that the prompt names is the cue's. Empty lines and those that begin
with # say nothing. Full-width signs mean what the plain ones do.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from desktop.document.tempo import MAX_BPM, MIN_BPM
from desktop.midi.text import text_decoder
from desktop.prompts.wording import tempo_in
from desktop.storage.files import read_file

_PLAIN: Final = {
    **{ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９：－．［］～"},
    **dict.fromkeys(map(ord, "–—−〜～~"), "-"),
    **dict.fromkeys(map(ord, "【〔"), "["),
    **dict.fromkeys(map(ord, "】〕"), "]"),
    ord("\u3000"): " ",
}
_QUOTES: Final = {
    '"': '"', "＂": "＂", "“": "”", "”": "”", "„": "“", "'": "'", "‘": "’", "’": "’",
    "「": "」", "『": "』", "«": "»",
}  # fmt: skip
# Spaces are possessive (`*+`): two patterns that share a run would try every way to part it.
_TO: Final = r"\s*+(?:-|\bto\b|到|至)\s*+"
_CLOCK: Final = (
    r"(\d{1,9}(?::\d{1,4}){0,3}(?:\.\d{1,9})?)\s*+(?:s(?![a-z])|sec(?:onds)?(?![a-z])|秒)?"
)
_CLOCKS: Final = re.compile(_CLOCK + _TO + _CLOCK, re.IGNORECASE)
_SECONDS: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*:\s*(\d{1,9}(?:\.\d{1,9})?)")
_BARS: Final = re.compile(rf"bars?\s*(\d{{1,6}})(?:{_TO}(\d{{1,6}}))?(?!\d)", re.IGNORECASE)
_BARS_ZH: Final = re.compile(rf"第?\s*(\d{{1,6}})\s*+(?:小节)?(?:{_TO}第?\s*(\d{{1,6}})\s*+)?小节")
_BRACKETS: Final = re.compile(r"\[\s*+([^\[\]]{0,60}?)\s*+\]")
_NEXT: Final = re.compile(r"\[\s*(?:\d|第|bars?\s*\d)", re.IGNORECASE)
_GAP: Final = re.compile(r"[\s,;:，；、。|-]*")
_ONE_CLOCK: Final = re.compile(
    r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE
)
_OWN_BPM: Final = re.compile(r"[\s,;，；]*(?:@\s*)?(\d{1,9}(?:\.\d{1,9})?)\s*bpm\b", re.IGNORECASE)
MAX_BYTES: Final = 2**20
MAX_CUES: Final = 1000  # more is no cue sheet but another file
_LINES: Final = re.compile(r"\r\n|\r|\n")
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


@dataclass(frozen=True, slots=True)
class Seconds:
    """A span in seconds of the song."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s:
            raise ValueError(f"it must end after it begins, got {self}")

    def __str__(self) -> str:
        return f"{_figure(self.start_s)}:{_figure(self.end_s)}"


@dataclass(frozen=True, slots=True)
class Bars:
    """A span of whole bars, counted from 1, `last` included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last:
            raise ValueError(f"bars count from 1, the last one not before the first, got {self}")

    def __str__(self) -> str:
        return f"bars {self.first}-{self.last}"


Span: TypeAlias = Seconds | Bars


@dataclass(frozen=True, slots=True)
class Cue:
    """What shall sound in a span; `own_bpm` is a tempo beside the prompt, `line` counts from 1."""

    span: Span
    prompt: str
    own_bpm: float | None = None
    line: int = 1

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise ValueError("there is no prompt behind the span; write what shall sound")
        if self.own_bpm is not None and not MIN_BPM <= self.own_bpm <= MAX_BPM:
            raise ValueError(f"bpm must be in {MIN_BPM:g}..{MAX_BPM:g}, got {self.own_bpm:g}")

    @property
    def bpm(self) -> float | None:
        """Return the tempo that the cue asks for, None where it asks for none."""
        return tempo_in(self.prompt) if self.own_bpm is None else self.own_bpm


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class CueSheet:
    """What was read: to be used only where nothing is `unread`."""

    cues: tuple[Cue, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_cues(text: str) -> CueSheet:
    """Return the cues in `text`, and the lines that are none."""
    cues, unread = [], []
    for number, line in enumerate(_LINES.split(text.removeprefix("\ufeff")), 1):
        try:
            cues += list(_cues_of(line, number))
        except ValueError as error:
            unread.append(Unread(number, line.strip(), str(error)))
        if len(cues) + len(unread) > MAX_CUES:
            unread.append(Unread(number, line.strip(), f"a sheet holds {MAX_CUES} cues at most"))
            break
    return CueSheet(tuple(cues), tuple(unread))


def cue_text(path: Path) -> str:
    """Return the text of the file at `path`, whatever its charset; StorageError."""
    data = read_file(path, MAX_BYTES)
    if data[:2] in {BOM_UTF16_LE, BOM_UTF16_BE}:
        return data.decode("utf-16", errors="replace")
    return text_decoder([data])(data)


def write_cues(cues: tuple[Cue, ...]) -> str:
    """Return the text of which `read_cues` makes the cues again, one a line."""
    return "".join(f"{_written(cue)}\n" for cue in cues)


def _written(cue: Cue) -> str:
    prompt = "".join(_ESCAPES.get(sign, sign) for sign in cue.prompt)
    tempo = "" if cue.own_bpm is None else f" {_figure(cue.own_bpm)} BPM"
    return f'[{cue.span}] "{prompt}"{tempo}'


def _figure(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _cues_of(line: str, number: int) -> Iterator[Cue]:
    plain = line.translate(_PLAIN)
    at = _past_gap(plain, 0)
    if plain.lstrip().startswith("#"):
        return
    while at < len(line):
        span, at = _span_at(plain, at)
        prompt, own_bpm, at = _prompt_at(line, plain, at)
        yield Cue(span, prompt, own_bpm, number)


def _past_gap(plain: str, at: int) -> int:
    found = _GAP.match(plain, at)
    return found.end() if found else at


def _span_at(plain: str, at: int) -> tuple[Span, int]:
    """Return the span that begins at letter `at`, and where what follows begins."""
    if found := _BRACKETS.match(plain, at):
        span = _bars(found[1]) or _clocks(found[1]) or _seconds(found[1])
        if span is None:
            raise ValueError(f"[{found[1]}] is no span; write [0:15], [0:15-0:30] or [bars 1-8]")
    else:
        found = _BARS.match(plain, at) or _BARS_ZH.match(plain, at) or _CLOCKS.match(plain, at)
        if found is None:
            raise ValueError(_no_span(plain, at))
        span = _bars(found[0]) or _clocks(found[0])
    if span is None:
        raise ValueError(f"{found[0]} is no span; write 0:15-0:30 or bars 1-8")
    return span, _past_gap(plain, found.end())


def _no_span(plain: str, at: int) -> str:
    if _SECONDS.match(plain, at):
        return "where does it end? Write 0:15-0:30, or [0:15] for seconds 0 to 15"
    if at:
        return "before a prompt there must be a span, and outside of quotes nothing else"
    return "it begins with no span; write [0:15], 0:15-0:30 or bars 1-8 before the prompt"


def _bars(text: str) -> Bars | None:
    found = _BARS.fullmatch(text) or _BARS_ZH.fullmatch(text)
    return Bars(int(found[1]), int(found[2] or found[1])) if found else None


def _clocks(text: str) -> Seconds | None:
    found = _CLOCKS.fullmatch(text)
    return Seconds(_second(found[1]), _second(found[2])) if found else None


def _seconds(text: str) -> Seconds | None:
    found = _SECONDS.fullmatch(text)
    return Seconds(float(found[1]), float(found[2])) if found else None


def _second(clock: str) -> float:
    found = _ONE_CLOCK.fullmatch(clock)
    if found is None:
        raise ValueError(f"{clock} is no time; write seconds, m:ss or h:mm:ss")
    hours, minutes, seconds = int(found[1] or 0), int(found[2] or 0), float(found[3])
    if (found[2] and seconds >= 60) or (found[1] and minutes >= 60):
        raise ValueError(f"{clock} is no time: behind a colon the figures go up to 59")
    return 3600 * hours + 60 * minutes + seconds


def _prompt_at(line: str, plain: str, at: int) -> tuple[str, float | None, int]:
    """Return the prompt at letter `at`, the tempo beside it, and where what follows begins."""
    if at < len(line) and line[at] in _QUOTES:
        prompt, end = _quoted(line, at)
        found = _OWN_BPM.match(plain, end)
        own_bpm, end = (float(found[1]), found.end()) if found else (None, end)
        return prompt, own_bpm, _past_gap(plain, end)
    found = _NEXT.search(plain, at)
    end = found.start() if found else len(line)
    return line[at:end].strip().rstrip(",;，；、").rstrip(), None, end


def _quoted(line: str, at: int) -> tuple[str, int]:
    close, letters = _QUOTES[line[at]], []
    signs = {"n": "\n", "r": "\r", "\\": "\\", close: close}
    place = at + 1
    while place < len(line):
        if line[place] == "\\" and line[place + 1 : place + 2] in signs:
            letters.append(signs[line[place + 1]])
            place += 2
        elif line[place] == close and not _is_apostrophe(line, place):
            return "".join(letters), place + 1
        else:
            letters.append(line[place])
            place += 1
    raise ValueError(f"the quote {line[at]} is not closed; end the prompt with {close}")


def _is_apostrophe(line: str, at: int) -> bool:
    return line[at] in "'’" and line[at + 1 : at + 2].isalpha()
