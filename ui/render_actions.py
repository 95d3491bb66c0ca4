"""The actions that render: the selected regions, another take, several, and the way to stop."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.document.comping import played_spans
from desktop.document.query import has_region
from desktop.rendering.jobs import Extend, Repaint
from desktop.session.hearing import Hearing
from ui.shared.chosen_region import chosen_region
from ui.shared.improvised import Drawing, Target, draw_text, draw_tip
from ui.shared.studio import Studio

MANY: Final = (4, 8)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RenderActions", text)


def register_render_actions(studio: Studio) -> None:
    """Register them; what they render is what is selected when they run."""
    add, render = studio.actions.add, partial(render_selected, studio)
    add("region.render", "region", _tr("Render"), render, "Ctrl+Return", "Ctrl+Enter",
        tip=_tr("Render the selected regions"))  # fmt: skip
    add("region.another_take", "region", _tr("Render another take"),
        partial(render, new_seed=True), "Ctrl+Shift+Return", "Ctrl+Shift+Enter",
        tip=_tr("Render the selected regions by a seed of their own"))  # fmt: skip
    for takes in MANY:
        text = _tr("Render {n} takes").format(n=takes)
        add(f"region.render_{takes}", "region", text, partial(render, takes=takes))
    add("region.repaint", "region", _tr("Repaint the loop range"), partial(repaint, studio),
        "Ctrl+Alt+Return",
        tip=_tr("Make the part of the take within the loop range anew"))  # fmt: skip
    add("region.extend", "region", _tr("Extend the take to its region"), partial(extend, studio),
        tip=_tr("Make what the take lacks at the start or end of its region"))  # fmt: skip
    add("region.render_stems", "region", _tr("Render all, or the loop range, as stems"),
        partial(stems, studio),
        tip=_tr("Track by track, each hearing those before it; all of the song while no loop is on")
    )  # fmt: skip
    add("region.stop", "region", _tr("Stop rendering"), studio.rendering.cancel_all,
        tip=_tr("Stop what is rendered now, and all that waits"))  # fmt: skip
    studio.rendering.changed.connect(partial(_allow_stop, studio))
    _allow_stop(studio)


def register_hearing(studio: Studio, hearing: Hearing) -> None:
    """Register the action that turns what a region plays into notes."""

    def hear() -> None:
        region = chosen_region(studio.session)
        if region is None:
            studio.session.said.emit(_tr("Select a region that plays a take"))
        else:
            hearing.hear(region.id)

    studio.actions.add("region.hear_notes", "region", _tr("Notes from the take"), hear,
        "Ctrl+Alt+M", tip=_tr("Hear the notes in what the region plays: a clip on a new track")
    )  # fmt: skip


def register_drawing(studio: Studio) -> None:
    """Register the action that draws the improvised notes of the selected regions."""

    def selected() -> list[Target]:
        return [Target(part) for part in sorted(studio.session.selection.parts)]

    name = "region.draw_improvised"
    drawing = Drawing(studio, name, selected, studio.session)
    studio.actions.add(name, "region", draw_text(), drawing.draw, "Ctrl+Alt+N", tip=draw_tip())
    drawing.look()


def render_selected(studio: Studio, takes: int = 1, new_seed: bool = False) -> None:
    """Render the selected regions, or say that there are none."""
    session = studio.session
    regions = {part for part in session.selection.parts if has_region(session.song, part)}
    if regions:
        studio.rendering.render(regions, takes=takes, new_seed=new_seed)
    else:
        session.said.emit(_tr("Select a region to render it"))


def stems(studio: Studio) -> None:
    """Render every region of the loop that is on, of the whole song without one, track by track."""
    start, end = studio.transport.played_loop or (0, studio.session.song.end)
    regions = [region for track in studio.session.song.tracks for region in track.regions]
    found = {region.id for region in regions if region.start < end and start < region.end}
    if not found:
        studio.session.said.emit(_tr("There is no region to render"))
        return
    if len(found) < len(regions):
        text = _tr("Rendering the loop range: {n} of {all} regions; L turns the loop off")
        studio.session.said.emit(text.format(n=len(found), all=len(regions)))
    studio.rendering.render_stems(found)


def repaint(studio: Studio) -> None:
    """Render what lies in the loop range anew, or say what is missing.

    Of a comp, from the take that plays where the range begins: so it joins on to what is heard.
    """
    region, loop = chosen_region(studio.session), studio.transport.loop
    if region is None or region.active_take is None:
        studio.session.said.emit(_tr("Select a region that plays a take"))
    elif loop is None:
        studio.session.said.emit(_tr("Set the loop range over what is to be made anew"))
    else:
        spans = (span for span in played_spans(region) if span.end > loop[0])
        take_id = next((span.take.id for span in spans), region.active_take)
        studio.rendering.vary(region.id, Repaint(take_id, *loop))


def extend(studio: Studio) -> None:
    """Render what the take lacks in its region, or say what is missing."""
    region = chosen_region(studio.session)
    if region is None or region.active_take is None:
        studio.session.said.emit(_tr("Select a region that plays a take"))
    else:
        studio.rendering.vary(region.id, Extend(region.active_take))


def _allow_stop(studio: Studio) -> None:
    studio.actions["region.stop"].setEnabled(bool(studio.rendering.live))
