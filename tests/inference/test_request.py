import json
import pickle

import numpy as np
import pytest

from inference.errors import RequestError
from inference.request import (
    BeatPoint,
    Note,
    RenderRequest,
    Span,
    Turn,
    audio_digest,
    request_digest,
    request_from_plain,
    request_to_plain,
)

SOUND = np.linspace(-1, 1, 200, dtype=np.float32).reshape(2, 100)


@pytest.fixture
def request_with_all() -> RenderRequest:
    return RenderRequest(
        pack_id="tiny",
        frames=100,
        prompt="calm 吉他",
        notes=(Note(0.0, 0.5, 60, 100), Note(-0.25, 1.0, 64, 1)),
        drum_notes=(Note(0.0, 0.1, 36, 127),),
        beats=(BeatPoint(0.0, 0.0, 0.0), BeatPoint(1.0, 2.0, 0.5)),
        seed=2**62,
        repaint=(Span(10, 20),),
        context_audio=SOUND,
    )


def test_a_request_comes_back_from_json_as_it_was(request_with_all: RenderRequest) -> None:
    plain = json.loads(json.dumps(request_to_plain(request_with_all)))
    back = request_from_plain(plain, {audio_digest(SOUND): SOUND})
    assert back == request_with_all
    assert back.context_audio is SOUND
    assert isinstance(back.notes and back.notes[0], Note)


def test_a_request_whose_audio_is_not_at_hand_says_so(request_with_all: RenderRequest) -> None:
    with pytest.raises(RequestError, match="not at hand"):
        request_from_plain(request_to_plain(request_with_all))


def test_plain_data_that_is_no_request_is_a_clear_error() -> None:
    with pytest.raises(RequestError, match="frames"):
        request_from_plain({"pack_id": "tiny", "frames": "many"})


def test_no_notes_and_free_notes_are_two_different_wishes() -> None:
    silent = RenderRequest(pack_id="tiny", frames=1, notes=())
    free = RenderRequest(pack_id="tiny", frames=1)
    assert silent != free
    assert request_from_plain(request_to_plain(silent)).notes == ()


def test_the_digest_hears_one_changed_sample(request_with_all: RenderRequest) -> None:
    changed = SOUND.copy()
    changed[0, 0] += 0.5
    other = pickle.loads(pickle.dumps(request_with_all))
    assert request_digest(other) == request_digest(request_with_all)
    other = request_from_plain(request_to_plain(request_with_all), {audio_digest(SOUND): changed})
    assert request_digest(other) != request_digest(request_with_all)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("frames", 0, "frames must be"),
        ("seed", -1, "seed must be"),
        ("steps", 0, "steps must be"),
        ("turns", (Turn(1, 1.5),), "the amount of a turn must be"),
        ("turns", (Turn(-1, 0.5),), "the seed of a turn must be"),
        ("guidance", float("nan"), "guidance must be"),
        ("notes", (Note(0.0, 1.0, 128, 100),), "pitch must be in 0..127"),
        ("notes", (Note(0.0, 1.0, 60, 0),), "velocity in 1..127"),
        ("notes", (Note(float("inf"), 1.0, 60, 9),), "finite"),
        ("drum_notes", (Note(0.0, 1.0, 36, 200),), "velocity in 1..127"),
        ("beats", (BeatPoint(1.0, 0, 0), BeatPoint(0.5, 1, 1)), "sorted"),
        ("repaint", (Span(5, 5),), "repaint spans"),
        ("repaint", (Span(5, 101),), "repaint spans"),
        ("context_audio", np.zeros((2, 99), np.float32), "context_audio must be"),
        ("known_audio", np.full((2, 100), np.nan, np.float32), "NaN"),
        ("initial_audio", np.zeros((2, 100)), "initial_audio must be"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(field: str, value: object, said: str) -> None:
    fields: dict[str, object] = {"pack_id": "tiny", "frames": 100, field: value}
    with pytest.raises(RequestError, match=said):
        RenderRequest(**fields)  # type: ignore[arg-type]
