"""The timbre tables: where a note sounds, as what, and for how long."""

import pytest
import torch

from onnx_models.composer import INSTRUMENTS
from onnx_models.networks.denoiser import PITCHES, PLANES, SUBFRAMES
from onnx_models.networks.latents import MEL_BANDS, mel_centres_hz
from onnx_models.networks.prompt import INSTRUMENT_NAMES
from onnx_models.networks.timbre import (
    ENVELOPES,
    TONES,
    Timbre,
    busiest,
    envelopes,
    last_event,
    most_sounding,
    sooner,
)

FRAMES, MOMENTS = 40, 80
ATTACK, PIANO, FLUTE = 20, *(INSTRUMENT_NAMES.index(n) for n in ("acoustic_grand_piano", "flute"))


def roll(*pitches: int, drums: bool = False) -> torch.Tensor:
    """Return notes that sound from moment ATTACK to 60, or hits at ATTACK, (1, FRAMES, N)."""
    notes = torch.zeros(1, MOMENTS, len(PLANES), PITCHES)
    for pitch in pitches:
        if drums:
            notes[:, ATTACK, 2, pitch] = 0.8
        else:
            notes[:, ATTACK:60, 0, pitch] = 0.8
            notes[:, ATTACK, 1, pitch] = 0.8
    return notes.reshape(1, FRAMES, SUBFRAMES * len(PLANES) * PITCHES)


def played_by(*players: int) -> torch.Tensor:
    """Return equal shares of the players, (1, players)."""
    shares = torch.zeros(1, len(INSTRUMENT_NAMES))
    shares[:, list(players)] = 1 / len(players)
    return shares


def mid(timbre: Timbre, notes: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    """Return the mid's mel magnitudes (MOMENTS, MEL_BANDS)."""
    with torch.inference_mode():
        return timbre.magnitudes(notes, shares, most_sounding(notes))[0, :, 0]


def test_an_event_is_remembered_with_its_age_and_value() -> None:
    values = torch.zeros(1, 100, 2)
    values[0, 10, 0], values[0, 70, 0] = 0.5, 1.0
    age, value = last_event(values)
    assert value[0, 9, 0] == 0
    assert value[0, 69, 0] == pytest.approx(0.5, abs=1e-4)
    assert value[0, 99, 0] == pytest.approx(1.0, abs=1e-4)
    assert age[0, 70, 0] == 0
    assert age[0, 30, 0] == pytest.approx(20 / 86.13, abs=1e-3)
    assert not value[..., 1].any()


def test_envelopes_are_silent_before_a_note_and_never_negative() -> None:
    notes = roll(60).reshape(1, MOMENTS, len(PLANES), PITCHES)
    levels = envelopes(notes[:, :, 0], notes[:, :, 1])
    assert levels.shape == (1, MOMENTS, ENVELOPES, PITCHES)
    assert not levels[:, : ATTACK - 2].any()
    assert (levels >= 0).all()


def test_a_note_that_sounds_when_the_roll_begins_is_heard_from_its_beginning() -> None:
    notes = roll(60).reshape(1, MOMENTS, len(PLANES), PITCHES)[:, ATTACK + 1 :]
    magnitudes = mid(Timbre(), notes[:, :40].reshape(1, 20, -1), played_by(FLUTE))
    assert magnitudes[0].sum() > 0.1 * magnitudes[30].sum() > 0


def test_a_note_sounds_at_its_fundamental_and_where_it_was_drawn() -> None:
    for pitch in (57, 69, 81):
        magnitudes = mid(Timbre(), roll(pitch), played_by(PIANO))
        loudest_hz = mel_centres_hz()[int(magnitudes[30].argmax())]
        assert abs(loudest_hz / (440 * 2 ** ((pitch - 69) / 12)) - 1) < 0.06
        assert magnitudes[30].sum() > 20 * magnitudes[10].sum()


def test_each_player_has_a_table_of_its_own() -> None:
    timbre = Timbre()
    with torch.no_grad():
        timbre.partials[FLUTE] += 3
    piano, flute = (mid(timbre, roll(69), played_by(who)) for who in (PIANO, FLUTE))
    assert flute[30].sum() > 10 * piano[30].sum()


def test_of_two_players_the_one_whose_range_holds_the_note_plays_it() -> None:
    timbre, bass = Timbre(), INSTRUMENT_NAMES.index("finger_bass")
    with torch.no_grad():
        timbre.partials[bass] += 3
    low, high = (mid(timbre, roll(p), played_by(bass, FLUTE))[30].sum() for p in (33, 90))
    alone = mid(timbre, roll(90), played_by(FLUTE))[30].sum()
    assert low > 5 * high
    assert high == pytest.approx(alone.item(), rel=0.1)


def test_drums_are_played_by_the_kit_and_die_away() -> None:
    timbre = Timbre()
    with torch.no_grad():
        timbre.drums[0, 1] = 0
    magnitudes = mid(timbre, roll(38, drums=True), played_by(TONES))
    assert magnitudes.shape == (MOMENTS, MEL_BANDS)
    assert magnitudes[ATTACK].sum() > 5 * magnitudes[ATTACK + 20].sum() > 0
    assert not magnitudes[: ATTACK - 2].any()


def test_only_pitches_that_sound_need_be_played() -> None:
    torch.manual_seed(0)
    timbre, notes = Timbre(), roll(48, 55, 64)
    assert most_sounding(notes) == 3
    with torch.inference_mode():
        few, all_of_them = timbre(notes, played_by(PIANO), 3), timbre(notes, played_by(PIANO), 61)
    assert torch.allclose(few, all_of_them, atol=1e-4)


def test_the_busiest_pitches_are_those_that_sound_longest() -> None:
    plane = torch.zeros(1, 10, PITCHES)
    plane[0, :9, 40], plane[0, :3, 50], plane[0, :6, 60] = 1, 1, 1
    assert busiest(plane, 2).tolist() == [[40, 60]]


def test_what_comes_sooner_leaves_silence_behind() -> None:
    values = torch.arange(1.0, 7).reshape(1, 6, 1)
    assert sooner(values, 2).flatten().tolist() == [3, 4, 5, 6, 0, 0]


def test_every_instrument_has_its_range() -> None:
    assert len(INSTRUMENTS) == TONES
    ranges = Timbre().ranges
    assert ranges.amax(dim=1).eq(1).all()
