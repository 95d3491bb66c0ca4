"""The denoiser: what its inputs do, and that frames beyond a span are not needed."""

import torch

from onnx_models.networks.denoiser import (
    PITCHES,
    PLANES,
    SUBFRAMES,
    Denoiser,
    Inputs,
    NoteSketch,
    Size,
    harmonic_template,
    linear_attention,
    rotary,
    rotate,
)
from onnx_models.networks.latents import CHANNELS, mel_centres_hz
from onnx_models.training.pack import example

SMALL = Size(width=32, hidden=48, heads=2, blocks=2, condition=24)


def woken_denoiser() -> Denoiser:
    """Return a small denoiser whose weights that begin at zero have been moved off it."""
    torch.manual_seed(1)
    denoiser = Denoiser(SMALL).eval()
    for weight in denoiser.state_dict().values():
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.1)
    return denoiser


def changed(name: str, value: torch.Tensor, **also: torch.Tensor) -> float:
    """Return how far the velocity moves when `also` holds and input `name` becomes `value`."""
    denoiser, inputs = woken_denoiser(), example()._replace(**also)
    with torch.inference_mode():
        moved = denoiser(inputs._replace(**{name: value})) - denoiser(inputs)
    return float(moved.abs().max())


def test_an_untrained_denoiser_predicts_no_motion() -> None:
    assert not Denoiser(SMALL)(example()).any()


def test_notes_move_the_velocity() -> None:
    assert changed("notes", torch.zeros_like(example().notes)) > 1e-3


def test_notes_under_a_mask_of_zeros_are_not_heard() -> None:
    off = torch.zeros_like(example().notes_mask)
    assert changed("notes", torch.zeros_like(example().notes), notes_mask=off) == 0


def test_context_under_a_mask_of_zeros_is_not_heard() -> None:
    off = torch.zeros_like(example().context_mask)
    assert changed("context", example().context * 2, context_mask=off) == 0


def test_masked_tokens_do_not_matter() -> None:
    off = torch.zeros_like(example().text_mask)
    assert changed("text", example().text * 2, text_mask=off) < 1e-6


def test_prompt_role_and_time_move_the_velocity() -> None:
    for name in ("text", "time"):
        assert changed(name, getattr(example(), name) * 0.5) > 1e-4
    assert changed("role", example().role + 1) > 1e-4


def test_linear_attention_is_the_weighted_mean_it_stands_for() -> None:
    torch.manual_seed(0)
    q, k, v = torch.rand(3, 1, 2, 11, 8).unbind(0)
    positions = rotary(11, 8, q)
    weights = rotate(q, *positions) @ rotate(k, *positions).transpose(2, 3)
    total = (q @ k.transpose(2, 3)).sum(dim=3, keepdim=True)
    made = linear_attention(q, k, v, positions)
    assert torch.allclose(made, weights @ v / total, atol=1e-3)


def test_each_pitch_is_loudest_at_its_fundamental() -> None:
    for pitch in (48, 60, 72, 84, 96):
        loudest_hz = mel_centres_hz()[int(harmonic_template()[pitch].argmax())]
        assert abs(loudest_hz / (440 * 2 ** ((pitch - 69) / 12)) - 1) < 0.12


def test_the_sketch_holds_a_note_and_lets_its_strike_die_away() -> None:
    notes = torch.zeros(1, 40, SUBFRAMES, len(PLANES), PITCHES)
    notes[:, 5:30, :, 0, 69] = 1.0
    notes[:, 5, 0, 1, 69] = 1.0
    held, _, struck = NoteSketch()(notes.flatten(2)).reshape(40, 3, -1).amax(dim=2).unbind(1)
    assert held[4] == struck[4] < held[6]
    assert torch.allclose(held[6], held[29])
    assert struck[6] > struck[15] > struck[29]


def test_the_inputs_are_those_of_the_contract() -> None:
    assert example().latents.shape[2] == CHANNELS
    assert Inputs._fields[0] == "latents"
    assert example().notes.shape[2] == SUBFRAMES * len(PLANES) * PITCHES
