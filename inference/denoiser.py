"""The denoiser over whole canvases: rows are batched, guided and blended into one velocity."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats, Latents
from inference.canvas import Canvas, Window
from inference.guidance import Guide
from inference.pack import Pack, takes
from inference.progress import CancelToken
from inference.request import RenderRequest
from inference.sessions import Net
from inference.text import TextStates

BY_FRAME: Final = ("notes_mask", "beat", "context", "context_mask", "known", "known_mask")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a batch: a window seen under a prompt, with its notes or without."""

    canvas: Canvas
    window: Window
    prompt: str
    with_notes: bool = True


class Denoiser:
    """The velocity of canvases; made anew for each render, as guidance may have a memory."""

    def __init__(
        self, pack: Pack, nets: Mapping[str, Net], texts: Mapping[str, TextStates],
        rows_at_once: int,
    ) -> None:  # fmt: skip
        self._pack, self._texts = pack, texts
        self._net, self._control = nets["denoiser"], nets.get("control")
        self._takes = takes(pack.manifest)
        self._rows_at_once = rows_at_once
        self._controls: dict[Row, Floats] = {}
        self._guide = Guide(pack.manifest.sampling)

    def velocities(
        self,
        canvases: Sequence[Canvas],
        latents: Sequence[Latents],
        time: float,
        cancel: CancelToken,
    ) -> list[Latents]:
        """Return the blended velocity of each canvas at `time`, shaped as its latents."""
        at = dict(zip(canvases, latents, strict=True))
        total = {canvas: np.zeros_like(array) for canvas, array in at.items()}
        for canvas, window, rows in self._evaluated(canvases, at, time, cancel):
            velocity = self._combined(window, rows, time)
            total[canvas][window.start : window.end] += window.weight * velocity
        return [total[canvas] for canvas in canvases]

    def _evaluated(
        self,
        canvases: Sequence[Canvas],
        latents: Mapping[Canvas, Latents],
        time: float,
        cancel: CancelToken,
    ) -> Iterator[tuple[Canvas, Window, list[tuple[Row, Floats]]]]:
        """Yield each window with its rows' velocities, as soon as they are there."""
        pending: list[tuple[Row, Floats]] = []
        rows = [row for canvas in canvases for row in self._rows(canvas, time)]
        rows.sort(key=lambda row: row.window.length)
        for batch in batches(rows, self._rows_at_once):
            velocity = self._net(self._feeds(batch, latents, time, cancel), cancel)
            pending += zip(batch, velocity, strict=True)
            done = groups(pending)
            # the last window's rows may go on in the next batch
            pending = [] if batch[-1] is rows[-1] else done.pop()
            for group in done:
                yield group[0][0].canvas, group[0][0].window, group

    def _rows(self, canvas: Canvas, time: float) -> Iterator[Row]:
        """Yield the rows of each window in turn: as asked, without the prompt, without notes."""
        for window in canvas.windows:
            request = window.part.request
            yield Row(canvas, window, request.prompt)
            if self._is_guided(request, time):
                yield Row(canvas, window, self._negative(request))
            if self._weighs_notes(request):
                yield Row(canvas, window, request.prompt, with_notes=False)

    def _negative(self, request: RenderRequest) -> str:
        return request.negative_prompt if self._pack.manifest.conditions.negative_prompt else ""

    def _is_guided(self, request: RenderRequest, time: float) -> bool:
        differs = "text" in self._takes and request.prompt != self._negative(request)
        return differs and self._scale(request, time) != 1

    def _scale(self, request: RenderRequest, time: float) -> float:
        """Return the guidance at `time`: as asked, else the pack's; more for a negative prompt."""
        wanted = request.guidance
        if wanted is None and self._negative(request):
            wanted = self._pack.manifest.sampling.scale_against
        return self._guide.scale_at(time, wanted)

    def _weighs_notes(self, request: RenderRequest) -> bool:
        has_notes = "notes" in self._takes and request.is_sketched
        return has_notes and request.notes_strength != 1

    def _combined(self, window: Window, rows: Sequence[tuple[Row, Floats]], time: float) -> Floats:
        """Return one velocity from those of a window's rows, in the order of `_rows`."""
        request = window.part.request
        velocities = [velocity for _, velocity in rows]
        asked = velocity = velocities[0]
        if self._is_guided(request, time):
            scale = self._scale(request, time)
            velocity = self._guide(window, asked, velocities[1], scale)
        if self._weighs_notes(request):
            velocity = velocity + np.float32(request.notes_strength - 1) * (asked - velocities[-1])
        return velocity

    def _feeds(
        self,
        rows: Sequence[Row],
        latents: Mapping[Canvas, Latents],
        time: float,
        cancel: CancelToken,
    ) -> dict[str, npt.NDArray[Any]]:
        """Return what the graph takes for `rows`, stacked."""
        rolls: dict[Window, Floats] = {}
        columns = []
        for row in rows:
            span = slice(row.window.start, row.window.end)
            column: dict[str, Any] = {
                "latents": latents[row.canvas][span],
                "time": np.float32(time),
            }
            if self._control is not None:
                column["control"] = self._controlled(row, rolls, cancel)
            columns.append(column | self._asked(row, self._net.takes, rolls))
        return {name: np.stack([column[name] for column in columns]) for name in self._net.takes}

    def _controlled(self, row: Row, rolls: dict[Window, Floats], cancel: CancelToken) -> Floats:
        """Return the control of `row`, made once for all steps."""
        assert self._control is not None
        if row not in self._controls:
            asked = self._asked(row, self._control.takes, rolls)
            feeds = {name: value[None] for name, value in asked.items()}
            self._controls[row] = self._control(feeds, cancel)[0]
        return self._controls[row]

    def _asked(
        self, row: Row, takes: frozenset[str], rolls: dict[Window, Floats]
    ) -> dict[str, npt.NDArray[Any]]:
        """Return those of `takes` that are the same at each step; `rolls` keeps those made."""
        canvas, window = row.canvas, row.window
        span = slice(window.start, window.end)
        feeds: dict[str, Any] = {
            name: getattr(canvas, name)[span] for name in takes.intersection(BY_FRAME)
        }
        if "text" in takes:
            text = self._texts[row.prompt]
            feeds |= {"text": text.states, "text_mask": text.mask}
        if "role" in takes:
            roles = self._pack.manifest.conditions.roles
            feeds["role"] = np.int64(roles.index(window.part.request.role))
        if "notes" in takes:
            if window not in rolls:
                rolls[window] = canvas.roll(window.start, window.end)
            feeds["notes"] = rolls[window]
        if not row.with_notes:
            notes = takes.intersection(("notes", "notes_mask"))
            feeds |= {name: np.zeros_like(feeds[name]) for name in notes}
        return {name: feeds[name] for name in takes if name in feeds}


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield runs of at most `size` rows whose windows have one length."""
    for _, alike in groupby(rows, key=lambda row: row.window.length):
        run = list(alike)
        yield from (run[at : at + size] for at in range(0, len(run), size))


def groups(rows: Iterable[tuple[Row, Floats]]) -> list[list[tuple[Row, Floats]]]:
    """Return neighbours of one window together."""
    return [list(group) for _, group in groupby(rows, key=lambda pair: pair[0].window)]
