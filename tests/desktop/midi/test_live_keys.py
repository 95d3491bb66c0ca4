"""What a port's messages let begin and end."""

from collections import Counter

import mido  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from desktop.midi.live import Keys, Source, Strike


def played(*messages: mido.Message) -> list[tuple[float, int, int]]:
    """Return (moment, pitch, velocity) of what messages let begin and end, one each second."""
    keys = Keys("Piano")
    strikes = [s for at_s, message in enumerate(messages) for s in keys.take(message, at_s)]
    return [(strike.at_s, strike.pitch, strike.velocity) for strike in strikes]


def on(pitch: int, velocity: int = 90, channel: int = 0) -> mido.Message:
    return mido.Message("note_on", note=pitch, velocity=velocity, channel=channel)


def off(pitch: int, channel: int = 0) -> mido.Message:
    return mido.Message("note_off", note=pitch, channel=channel)


def control(number: int, value: int, channel: int = 0) -> mido.Message:
    return mido.Message("control_change", control=number, value=value, channel=channel)


def test_a_key_begins_a_note_and_ends_it() -> None:
    assert played(on(60), off(60)) == [(0, 60, 90), (1, 60, 0)]


def test_a_velocity_of_nothing_ends_a_note() -> None:
    assert played(on(60), on(60, 0)) == [(0, 60, 90), (1, 60, 0)]


def test_the_pedal_lets_notes_sound_on() -> None:
    messages = (control(64, 127), on(60), off(60), on(64), control(64, 0), off(64))
    assert played(*messages) == [(1, 60, 90), (3, 64, 90), (4, 60, 0), (5, 64, 0)]


def test_a_key_struck_again_ends_what_the_pedal_holds() -> None:
    messages = (control(64, 127), on(60), off(60), on(60, 50), off(60), control(64, 0))
    assert played(*messages) == [(1, 60, 90), (3, 60, 0), (3, 60, 50), (5, 60, 0)]


def test_the_pedal_holds_its_own_channel_only() -> None:
    assert played(control(64, 127), on(60, channel=1), off(60, channel=1))[-1] == (2, 60, 0)


def test_all_notes_off_ends_what_sounds_on_the_channel() -> None:
    messages = (control(64, 127), on(60), off(60), on(64), on(67, channel=1), control(123, 0))
    assert played(*messages)[3:] == [(5, 60, 0), (5, 64, 0)]


def test_other_messages_and_stray_ends_do_nothing() -> None:
    wheel = mido.Message("pitchwheel", pitch=100)
    assert played(off(60), wheel, control(1, 99), mido.Message("clock")) == []


PITCHES = st.integers(60, 63)
CHANNELS = st.integers(0, 1)
MESSAGES = st.lists(
    st.one_of(
        st.builds(on, PITCHES, st.integers(0, 127), CHANNELS),
        st.builds(off, PITCHES, CHANNELS),
        st.builds(control, st.sampled_from((64, 120, 123, 1)), st.integers(0, 127), CHANNELS),
    ),
    max_size=60,
)


@given(MESSAGES)
def test_each_note_that_begins_ends_once_before_it_begins_again(
    messages: list[mido.Message],
) -> None:
    keys = Keys("Piano")
    strikes: list[Strike] = []
    for at_s, message in enumerate(messages):
        strikes += keys.take(message, at_s)
    strikes += keys.all_off(len(messages))
    sounding: Counter[tuple[Source, int]] = Counter()
    for strike in strikes:
        sounding[strike.source, strike.pitch] += 1 if strike.velocity else -1
        assert sounding[strike.source, strike.pitch] in (0, 1)
    assert not sounding.total()
    struck = [m for m in messages if m.type == "note_on" and m.velocity]
    assert len(strikes) == 2 * len(struck)
