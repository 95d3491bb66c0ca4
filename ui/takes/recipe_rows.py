"""The recipe of a take as names and values, for people to read."""

from collections.abc import Iterator
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication

from desktop.document.song import Song, Take
from desktop.session.problems import problem_text
from ui.shared.roles import role_text
from ui.takes.badges import gate_text, loudness_text, peak_text
from ui.takes.facts import Facts, facts_of

Row: TypeAlias = tuple[str, str]
HASH_DIGITS = 12  # enough to tell takes apart
translate = QCoreApplication.translate


def recipe_rows(take: Take, song: Song) -> list[Row]:
    """Return what the take was made from and what it measures; what is not known is left out."""
    facts = facts_of(take)
    rows = [*_asked_rows(facts), *_made_rows(take, facts), *_heard_rows(facts, song)]
    return [(name, value) for name, value in (*rows, *_quality_rows(take, facts)) if value]


def _asked_rows(facts: Facts) -> Iterator[Row]:
    asked = facts.asked
    yield translate("Takes", "Prompt"), asked.prompt
    yield translate("Takes", "Not wanted"), asked.negative_prompt
    yield translate("Takes", "Role"), role_text(asked.role)
    yield translate("Takes", "Seed"), _number(facts.seed)
    yield translate("Takes", "Retaken towards"), ", ".join(_turn(*turn) for turn in asked.turns)
    yield translate("Takes", "Steps"), _number(facts.steps)
    yield translate("Takes", "Guidance"), _number(asked.guidance, translate("Takes", "the pack's"))
    if facts.requests:
        yield translate("Takes", "Strength of the notes"), f"{100 * asked.notes_strength:.0f} %"
    if facts.improvised:
        yield translate("Takes", "Improvised notes"), str(facts.improvised)


def _made_rows(take: Take, facts: Facts) -> Iterator[Row]:
    yield translate("Takes", "Imported from"), facts.imported
    yield translate("Takes", "Pack"), facts.pack
    yield translate("Takes", "Computed by"), facts.provider.removesuffix("ExecutionProvider")
    if facts.rendered_together > 1:
        yield translate("Takes", "Rendered together"), str(facts.rendered_together)
    if facts.thrift:
        yield translate("Takes", "Tiles made smaller"), f"{facts.thrift} x"
    yield translate("Takes", "Made (UTC)"), take.created_utc.replace("T", " ")
    length = f"{take.frames / take.sample_rate_hz:.3f} s, {take.sample_rate_hz} Hz"
    yield translate("Takes", "Length"), length


def _heard_rows(facts: Facts, song: Song) -> Iterator[Row]:
    names = {track.id: track.name for track in song.tracks}
    gone = translate("Takes", "a track that is gone")
    heard = [names.get(track.track, gone) for track in facts.listened]
    if facts.requests:
        yield translate("Takes", "Listened to"), ", ".join(heard) or translate("Takes", "nothing")
    if 0 <= facts.chain_index < len(facts.sources):
        hashes = {source[0][:HASH_DIGITS] for source in facts.sources[facts.chain_index].values()}
        yield translate("Takes", "Made out of the take"), ", ".join(sorted(hashes))


def _quality_rows(take: Take, facts: Facts) -> Iterator[Row]:
    yield translate("Takes", "Loudness"), loudness_text(take)
    yield translate("Takes", "True peak"), peak_text(take)
    yield translate("Takes", "Played at"), f"{take.gain_db:+.1f} dB" if take.gain_db else ""
    yield translate("Takes", "Quality gate"), gate_text(take)
    refused = [
        translate("Takes", "seed {seed}: {why}").format(
            seed=each.seed, why="; ".join(map(problem_text, each.failures))
        )
        for each in facts.tries
        if each.failures
    ]
    yield translate("Takes", "Refused before"), "\n".join(refused)


def _number(value: float | None, unset: str = "") -> str:
    return unset if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _turn(seed: int, amount: float) -> str:
    return f"{seed} ({100 * amount:.0f} %)"
