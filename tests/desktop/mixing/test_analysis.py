from dataclasses import replace

import numpy as np
import pytest

from desktop.document.song import Clip, Region, Settings, Song, Take, Track
from desktop.document.time import PPQ, Tick
from desktop.mixing.analysis import Analysis, analyse
from desktop.mixing.errors import MixError
from desktop.mixing.excerpt import Excerpt, excerpt_of_mix, excerpt_of_parts, excerpt_of_track
from desktop.mixing.spectrum import bands_hz
from inference.arrays import Audio
from inference.errors import Cancelled
from inference.loudness import LoudnessMeter
from inference.progress import CancelToken
from tests.desktop.mixing.take_files import TakeFiles

RATE = 48000  # a beat at 120 bpm lasts 24000 frames
BEAT_FRAMES = RATE // 2


def sine(hz: float, dbfs: float, beats: int) -> Audio:
    frames = np.arange(beats * BEAT_FRAMES)
    one = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz / RATE * frames)
    return np.stack([one, one]).astype(np.float32)


def region(number: int, start: int, beats: int, *takes: Take) -> Region:
    active = takes[0].id if takes else None
    end = Tick((start + beats) * PPQ)
    return Region(number, Tick(start * PPQ), end, takes=takes, active_take=active)


def song(*tracks: Track) -> Song:
    return Song(tracks=tracks, settings=Settings(sample_rate_hz=RATE), next_id=100)


def two_tones(pool: TakeFiles, **quiet: float) -> Song:
    """Return 8 beats of 1 kHz at -23 dBFS under 4 of 100 Hz at -40 dBFS."""
    high = pool.add(sine(1000, -23, 8), RATE, sha256="1" * 64)
    low = pool.add(sine(100, -40, 4), RATE, sha256="2" * 64)
    return song(
        Track(1, regions=(region(11, 0, 8, high),)),
        replace(Track(2, regions=(region(12, 8, 4, low), region(13, 12, 4))), **quiet),  # type: ignore[arg-type]
    )


def strongest_hz(found: Analysis) -> float:
    return float(bands_hz()[found.spectrum.average.argmax()])


def test_a_region_measures_what_its_take_holds(pool: TakeFiles) -> None:
    found = analyse(excerpt_of_parts(two_tones(pool), {11}), pool.open)
    assert found.duration_s == 4
    assert found.loudness_lufs == pytest.approx(-23, abs=0.1)
    assert found.momentary_lufs == pytest.approx(-23, abs=0.1)
    assert found.short_term_lufs == pytest.approx(-23, abs=0.1)
    assert found.peak_dbfs == pytest.approx(-23, abs=0.01)
    assert found.true_peak_dbtp == pytest.approx(-23, abs=0.1)
    assert found.spectrum.average.max() == pytest.approx(-23, abs=0.5)
    assert strongest_hz(found) == pytest.approx(1000, rel=0.01)


def test_a_track_is_measured_behind_its_fader_even_when_it_is_muted(pool: TakeFiles) -> None:
    found = analyse(excerpt_of_track(two_tones(pool, gain_db=6.0, mute=True), 2), pool.open)
    assert found.peak_dbfs == pytest.approx(-34, abs=0.01)
    assert strongest_hz(found) == pytest.approx(100, rel=0.02)
    assert found.duration_s == 4


def test_several_regions_are_measured_together(pool: TakeFiles) -> None:
    excerpt = excerpt_of_parts(two_tones(pool), {11, 12})
    assert analyse(excerpt, pool.open).duration_s == 6
    assert [track.id for track in excerpt.song.tracks] == [1, 2]


def test_a_clip_stands_for_the_regions_that_sound_under_it(pool: TakeFiles) -> None:
    clip = Clip(21, Tick(9 * PPQ), Tick(2 * PPQ))
    sketched = two_tones(pool, clips=(clip,))  # type: ignore[arg-type]
    excerpt = excerpt_of_parts(sketched, {21})
    assert (excerpt.start, excerpt.end) == (9 * PPQ, 11 * PPQ)
    assert analyse(excerpt, pool.open).peak_dbfs == pytest.approx(-40, abs=0.01)


def test_the_mix_leaves_out_what_is_muted_and_keeps_to_its_span(pool: TakeFiles) -> None:
    sketched = two_tones(pool, mute=True)
    whole = analyse(excerpt_of_mix(sketched), pool.open)
    assert whole.duration_s == 8
    part = analyse(excerpt_of_mix(sketched, (Tick(8 * PPQ), Tick(12 * PPQ))), pool.open)
    assert part.is_silent


def test_what_is_measured_is_what_the_blocks_of_an_export_hold(pool: TakeFiles) -> None:
    rng = np.random.default_rng(3)
    noise = rng.uniform(-0.4, 0.4, (2, 4 * RATE)).astype(np.float32)
    take = pool.add(noise, RATE)
    meter = LoudnessMeter(RATE)
    meter.add(noise)
    found = analyse(excerpt_of_mix(song(Track(1, regions=(region(2, 0, 8, take),)))), pool.open)
    assert found.loudness_lufs == pytest.approx(meter.loudness_lufs, abs=1e-4)
    assert found.peak_dbfs == pytest.approx(20 * np.log10(np.abs(noise).max()), abs=1e-4)


def test_silence_has_no_levels(pool: TakeFiles) -> None:
    take = pool.add(np.zeros((2, RATE), np.float32), RATE)
    found = analyse(excerpt_of_mix(song(Track(1, regions=(region(2, 0, 2, take),)))), pool.open)
    assert found.is_silent
    levels = (found.loudness_lufs, found.range_lu, found.true_peak_dbtp, found.peak_dbfs)
    assert levels == (None,) * 4


def test_excerpts_that_sound_the_same_have_one_identity(pool: TakeFiles) -> None:
    before = two_tones(pool)
    lead, bass = before.tracks
    renamed = replace(before, tracks=(replace(lead, name="Flute"), bass), title="Other")
    louder = replace(before, tracks=(replace(lead, gain_db=1.0), bass))
    assert excerpt_of_mix(renamed).identity == excerpt_of_mix(before).identity
    assert excerpt_of_mix(louder).identity != excerpt_of_mix(before).identity
    assert excerpt_of_track(louder, 2).identity == excerpt_of_track(before, 2).identity


def test_an_excerpt_knows_whether_any_take_plays_in_it(pool: TakeFiles) -> None:
    sketched = two_tones(pool)
    assert excerpt_of_mix(sketched).plays_takes
    assert not excerpt_of_parts(sketched, {13}).plays_takes
    assert not excerpt_of_parts(sketched, set()).plays_takes
    assert not excerpt_of_mix(sketched, (Tick(12 * PPQ), Tick(16 * PPQ))).plays_takes


def test_a_measurement_tells_how_far_it_is_and_can_be_cancelled(pool: TakeFiles) -> None:
    cancel, shares = CancelToken(), list[float]()

    def watch(share: float) -> None:
        shares.append(share)
        if len(shares) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        analyse(mix(pool), pool.open, on_progress=watch, cancel=cancel)
    assert len(shares) == 2
    analyse(mix(pool), pool.open, on_progress=shares.append)
    assert shares[-1] == 1


def test_a_take_that_cannot_be_read_says_so(pool: TakeFiles) -> None:
    excerpt = mix(pool)
    pool.path(excerpt.song.tracks[0].regions[0].takes[0]).write_bytes(b"")
    pool.add(np.zeros((2, 10), np.float32), RATE)
    with pytest.raises((MixError, RuntimeError)):
        analyse(excerpt, pool.open)


def mix(pool: TakeFiles) -> Excerpt:
    return excerpt_of_mix(two_tones(pool))
