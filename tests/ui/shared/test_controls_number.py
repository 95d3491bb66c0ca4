"""Numbers as fields write and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shared.controls_number import GAIN, PAN, Number, db_to_share, linear_to_db, share_to_db

BPM = Number(4.0, 1000.0, 120.0, decimals=2, unit="bpm")
SEED = Number(0, 2**53, None, none_text="new each time")


@given(st.floats(4.0, 1000.0))
def test_what_is_shown_is_read_back(value: float) -> None:
    assert BPM.value_of(BPM.text(value)) == pytest.approx(value, abs=0.005)


@given(st.floats(-1.0, 1.0))
def test_a_panorama_is_read_back(pan: float) -> None:
    assert PAN.value_of(PAN.text(pan)) == pytest.approx(pan, abs=0.0051)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("-3", -3.0), ("+2,5 dB", 2.5), ("-inf", -144.0), ("99", 48.0), ("\u22123 dB", -3.0)],
)
def test_a_gain_is_read_as_musicians_type_it(typed: str, value: float) -> None:
    assert GAIN.value_of(typed) == value


@pytest.mark.parametrize(("typed", "pan"), [("C", 0.0), ("l 30", -0.3), ("R100 %", 1.0)])
def test_a_panorama_has_sides(typed: str, pan: float) -> None:
    assert PAN.value_of(typed) == pytest.approx(pan)


def test_no_value_is_a_value_where_there_may_be_none() -> None:
    assert SEED.value_of("") is None
    assert SEED.value_of("new each time") is None
    assert SEED.text(None) == "new each time"


def test_words_are_no_number() -> None:
    with pytest.raises(ValueError, match="no number in 'loud'"):
        BPM.value_of("loud")


def test_no_zero_has_a_sign() -> None:
    assert GAIN.text(-0.04) == "0.0 dB"
    assert GAIN.text(-144.0) == "-inf dB"


@given(st.floats(-144.0, 12.0))
def test_a_fader_comes_back_to_its_gain(gain_db: float) -> None:
    assert share_to_db(db_to_share(gain_db)) == pytest.approx(gain_db, abs=1e-6)


def test_levels_are_in_db() -> None:
    assert linear_to_db(1.0) == 0.0
    assert linear_to_db(0.5) == pytest.approx(-6.02, abs=0.01)
    assert linear_to_db(0.0) == -144.0
