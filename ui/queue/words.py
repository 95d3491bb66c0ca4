"""How a job of the queue is told in words. No widgets."""

from PySide6.QtCore import QCoreApplication

from desktop.document.query import find_region, has_region, track_with_region
from desktop.document.song import Song
from desktop.rendering.jobs import Job, JobProgress
from desktop.rendering.mends import Mend, mends
from desktop.rendering.queue import Entry, State
from desktop.session.problems import problem_text
from inference.progress import Stage
from ui.shared.readings import position_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("RenderQueue", text)


def title_of(song: Song, job: Job) -> str:
    """Return which track the job is for, and where its regions stand."""
    regions = [region_id for region_id in job.region_ids if has_region(song, region_id)]
    if not regions:
        return _tr("A region that is not there any more")
    track, first = track_with_region(song, regions[0]), find_region(song, regions[0])
    end = find_region(song, regions[-1]).end
    name = track.name or _tr("Track {n}").format(n=track.id)
    where = f"{position_text(song.tempo_map, first.start)} – {position_text(song.tempo_map, end)}"
    return f"{name}, {where}"


def prompt_of(song: Song, job: Job) -> str:
    """Return the prompts of the job: its own where it sweeps several, else its regions'."""
    if job.prompts:
        return " | ".join(prompt or _tr("no prompt") for prompt in job.prompts)
    then = job.asked or song
    regions = (find_region(then, one) for one in job.region_ids if has_region(then, one))
    return " | ".join(region.prompt or _tr("no prompt") for region in regions)


def state_text(entry: Entry) -> str:
    """Return how far the job is, or what became of it."""
    if entry.state is State.RUNNING:
        return progress_text(entry.progress, entry.seconds_left)
    return {
        State.WAITING: _tr("waits"),
        State.DONE: _tr("done"),
        State.CANCELLED: _tr("cancelled"),
        State.FAILED: _tr("failed; what may help stands below")
        if mends(entry.job, entry.error)
        else _tr("failed"),
    }[entry.state]


def failure_text(entry: Entry) -> str:
    """Return why the job failed; nothing when it did not."""
    return problem_text(str(entry.error)) if entry.state is State.FAILED else ""


def mend_text(mend: Mend) -> str:
    """Return what a mend does, as its button says it."""
    return {
        Mend.SMALLER_TILE: _tr("Try again with a smaller tile"),
        Mend.CPU: _tr("Try again on the CPU"),
        Mend.MODELS: _tr("Open the models"),
    }[mend]


def mend_tip(mend: Mend, job: Job) -> str:
    """Return what comes of a mend of `job`, for a tooltip."""
    if mend is Mend.CPU:
        return _tr("Slower, but in the memory of the machine itself")
    if mend is Mend.MODELS:
        return _tr("Add the pack that is missing, or let another one render")
    if job.thrift:
        return _tr(
            "Needs still less memory; windows are smaller as well, so other music comes of it"
        )
    return _tr(
        "Needs less memory; the music stays the same. Of models that find phases tile by tile the "
        "waveform differs"
    )


def progress_text(progress: JobProgress | None, seconds_left: float | None) -> str:
    """Return the stage, the take if there are several, and the time left."""
    if progress is None:
        return _tr("starts")
    words = [stage_text(progress.stage)]
    if progress.takes > 1:
        words.append(_tr("take {n} of {all}").format(n=progress.take, all=progress.takes))
    if seconds_left is not None:
        words.append(_tr("{n} s left").format(n=max(1, round(seconds_left))))
    return ", ".join(words)


def stage_text(stage: Stage) -> str:
    """Return what is done in a stage."""
    return {
        Stage.TEXT: _tr("reading the prompt"),
        Stage.CONTEXT: _tr("listening"),
        Stage.IMPROVISE: _tr("improvising notes"),
        Stage.DENOISE: _tr("playing"),
        Stage.DECODE: _tr("making sound"),
    }[stage]
