import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.engine.metronome import Beat, Clicker, beats, click, count_in_beats
from desktop.engine.world import World
from inference.arrays import Audio
from tests.desktop.engine.scores import RATE, Band

QUARTER = RATE // 2
WALTZ = TempoMap(metres=(MetreChange(Tick(0), 3, 4),))
MIXED = TempoMap(
    (TempoChange(Tick(0), 120.0), TempoChange(Tick(1920), 60.0)),
    (MetreChange(Tick(0), 4, 4), MetreChange(Tick(3840), 6, 8)),
)


def world(tempo_map: TempoMap) -> World:
    return World(tempo_map, RATE)


def test_beats_follow_tempo_and_metre() -> None:
    found = list(beats(world(MIXED), 0, 8 * QUARTER))
    quarters = [0, 1, 2, 4, 6, 7]  # twice as long from the third on, eighths from the fifth on
    assert [beat.frame for beat in found] == [n * QUARTER for n in quarters]
    assert [beat.accented for beat in found] == [True, False, False, False, True, False]


@given(
    st.lists(st.integers(1, 9000), min_size=1, max_size=10),
    st.integers(-100, 9000),
    st.floats(20, 1000),
)
def test_beats_are_the_same_in_blocks_of_any_size(
    blocks: list[int], start: int, bpm: float
) -> None:
    tempos = (TempoChange(Tick(0), 120.0), TempoChange(Tick(1000), bpm))
    song = world(TempoMap(tempos, MIXED.metres))
    found, at = list[Beat](), start
    for block in blocks:
        found += beats(song, at, block)
        at += block
    assert found == list(beats(song, start, at - start))


def test_a_bar_is_counted_before_the_first() -> None:
    counted, frames = count_in_beats(world(WALTZ), 0, 1)
    assert counted == tuple(Beat(n * QUARTER, n == 0) for n in range(3))
    assert frames == 3 * QUARTER


def test_the_count_leads_into_the_middle_of_a_bar() -> None:
    counted, frames = count_in_beats(world(WALTZ), 960 + 480, 1)
    assert [beat.frame for beat in counted] == [QUARTER // 2 + n * QUARTER for n in range(3)]
    assert [beat.accented for beat in counted] == [False, True, False]
    assert frames == 3 * QUARTER


@given(st.integers(0, 9000), st.integers(1, 4))
def test_the_count_goes_on_in_the_beats_of_the_song(tick: int, bars: int) -> None:
    counted, frames = count_in_beats(world(WALTZ), tick, bars)
    first_of_song = next(beats(world(WALTZ), world(WALTZ).frame_at(tick), 4 * QUARTER))
    until_first = first_of_song.frame - world(WALTZ).frame_at(tick)
    steps = np.diff([*(beat.frame for beat in counted), frames + until_first])
    assert np.abs(steps - QUARTER).max() <= 1
    accents = [n for n, beat in enumerate(counted) if beat.accented]
    assert len(accents) == bars


def beating_blocks(blocks: list[int], every: int) -> Audio:
    clicker, at, made = Clicker(RATE), 0, []
    for frames in blocks:
        mix = np.zeros((2, frames), np.float32)
        due = range(-(-at // every) * every, at + frames, every)
        clicker.add_to(mix, [Beat(frame - at, frame == 0) for frame in due])
        made.append(mix)
        at += frames
    return np.concatenate(made, axis=1)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=10), st.integers(50, 900))
def test_clicks_are_the_same_in_blocks_of_any_size(blocks: list[int], every: int) -> None:
    assert np.allclose(
        beating_blocks(blocks, every), beating_blocks([sum(blocks)], every), atol=1e-6
    )


def test_the_first_beat_of_a_bar_is_higher_and_louder() -> None:
    accent, plain = click(True, 48000), click(False, 48000)
    assert np.abs(accent).max() > 1.2 * np.abs(plain).max()
    pitches = [np.abs(np.fft.rfft(sound[0])).argmax() for sound in (accent, plain)]
    assert pitches[0] > 1.3 * pitches[1]


@pytest.mark.parametrize("accented", [True, False])
def test_a_click_begins_and_ends_without_a_step(accented: bool) -> None:
    sound = click(accented, 48000)
    assert np.abs(sound[:, [0, -1]]).max() < 0.001


def test_beats_sound_while_the_song_plays_and_only_then() -> None:
    band = Band(world(TempoMap()))
    band.mixer.metronome = True
    assert not band.play(5000).any()
    band.transport.play(480)
    heard = band.play(*[100] * 100)
    begins = np.flatnonzero(heard[0])
    assert begins[0] - 40 == QUARTER // 2 + 1  # a sine begins at 0
    band.mixer.metronome = False
    assert not band.play(*[100] * 100)[:, 500:].any()


def test_the_count_in_sounds_though_the_metronome_is_off() -> None:
    band = Band(world(WALTZ))
    band.transport.play(0, 1)
    heard = band.play(*[100] * 150)
    begins = [frame for frame in range(0, 15000, QUARTER) if heard[0, frame : frame + 50].any()]
    assert begins == [0, QUARTER, 2 * QUARTER]


def test_a_beat_just_before_the_song_begins_is_counted_too() -> None:
    band = Band(world(WALTZ))
    band.transport.play(1, 1)
    heard = band.play(*[7] * 2000)
    assert heard[0, 3 * QUARTER - 3 : 3 * QUARTER].any()
