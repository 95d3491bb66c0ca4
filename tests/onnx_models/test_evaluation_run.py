"""The whole evaluation, on a tiny pack of noise and on the sampled audio itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.pipeline import Engine
from onnx_models.composer import compose
from onnx_models.evaluation.classifier import NAMES, Classifier, InstrumentNet, Sounds, train
from onnx_models.evaluation.listen import listen, obeys
from onnx_models.evaluation.report import Report
from onnx_models.evaluation.rows import Take, control_rows, crossed_over, note_rows
from onnx_models.evaluation.run import Evaluation, Plan, decoded
from onnx_models.evaluation.songs import FIRST_SEED, Case, make_cases
from onnx_models.evaluation.speed import peak_memory_gb
from onnx_models.synth import soundfonts

PLAN = Plan(songs=2, seeds=1, song_s=3.0, roles=("lead", "drums", "mix"), speed_s=2.0)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    torch.manual_seed(0)
    return Classifier(InstrumentNet().eval())


@pytest.fixture(scope="module")
def leads() -> list[Case]:
    return [
        make_cases(FIRST_SEED + n, 6.0, soundfonts()[0], 44100, ("lead",))[0] for n in (10, 13, 14)
    ]


def test_a_mix_is_asked_for_by_its_pitched_notes_and_its_drums() -> None:
    (mix,) = make_cases(FIRST_SEED + 10, 6.0, soundfonts()[0], 44100, ("mix",))
    piece = compose(FIRST_SEED + 10, 6.0)
    keys = {note.pitch for part in piece.parts if part.role == "drums" for note in part.notes}
    assert {int(row[2]) for row in mix.drum_notes} == keys
    request = mix.request("mini", 1, "en")
    assert request.notes is not None
    assert (len(request.notes), len(request.drum_notes)) == (len(mix.notes), len(mix.drum_notes))


def reference(case: Case) -> np.ndarray:
    return case.reference


@pytest.fixture(scope="module")
def evaluation(tiny_pack: Path, classifier: Classifier) -> Evaluation:
    engine = Engine(tiny_pack, device="cpu", threads=1)
    play = decoded(engine)
    assert play is not None
    return Evaluation(engine, PLAN, soundfonts()[0], classifier, {"decoder": play})


@pytest.fixture(scope="module")
def report(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return evaluation.run(tmp_path_factory.mktemp("pictures"))


def test_a_pack_of_noise_plays_no_notes(report: Report) -> None:
    assert report.value("note F1, lead") < 0.2
    assert report.value("speed on this machine's CPU") > 0


def test_names_of_rows_are_unique(report: Report) -> None:
    names = [row.name for row in report.rows]
    assert len(names) == len(set(names))


def test_the_same_cases_and_seed_are_heard_the_same(evaluation: Evaluation) -> None:
    cases = evaluation.cases([FIRST_SEED])
    first, second = (
        list(note_rows([evaluation.rendered(cases, 3, "en")], evaluation.takes(cases, reference)))
        for _ in range(2)
    )
    assert first == second


def test_sampled_audio_matches_its_own_notes_and_not_anothers(
    leads: list[Case], classifier: Classifier
) -> None:
    takes = [
        Take(case, listen(case, other, case.reference, 44100, classifier))
        for case, other in zip(leads, [*leads[1:], leads[0]], strict=True)
    ]
    rows = {row.name: row for row in (*note_rows([takes], takes), *control_rows([takes]))}
    assert rows["note F1, lead"].value > 0.9
    assert rows["note F1 against the sampled instrument's, lead"].value == 1
    assert rows["note F1 against another song's notes, lead"].holds


def test_a_request_asks_for_the_notes_in_the_language_asked_for(leads: list[Case]) -> None:
    request = leads[0].request("mini", 5, "zh")
    assert request.frames == leads[0].reference.shape[1]
    assert request.prompt == leads[0].prompts["zh"]
    assert np.allclose(request.notes or (), leads[0].notes)
    assert (request.seed, request.role) == (5, "lead")


def test_crossing_over_gives_each_sound_another_instrument(
    leads: list[Case], classifier: Classifier
) -> None:
    guess = classifier.guess(leads[0].reference, 44100)
    obeying = [replace(case, instrument=guess.instrument) for case in leads]
    heard = listen(leads[0], leads[1], leads[0].reference, 44100, classifier)
    assert all(obeys(case, guess)[0] for case in obeying)
    other = replace(leads[1], instrument=next(n for n in NAMES if n != guess.instrument))
    crossed = crossed_over([Take(obeying[0], heard), Take(other, heard)])
    assert [obeys(take.case, take.heard.guess)[0] for take in crossed] == [False, True]
    assert crossed_over([Take(case, heard) for case in obeying]) == []


def test_training_is_the_same_twice_and_learns() -> None:
    generator = torch.Generator().manual_seed(0)
    spectra = torch.randn(8, 64, 140, generator=generator)
    labels = torch.arange(8)[:, None] % torch.tensor([8, 4, 2])
    spectra += 4 * torch.nn.functional.one_hot(labels[:, 2] * 40, 64)[:, :, None]
    first, second = (train(Sounds(spectra.half(), labels), steps=20, batch=8) for _ in range(2))
    assert all(
        torch.equal(a, b)
        for a, b in zip(first.state_dict().values(), second.state_dict().values(), strict=True)
    )
    first.train()  # so few steps do not settle the running averages
    assert (first(spectra[:, :, :128])[2].argmax(dim=1) == labels[:, 2]).all()


def test_this_process_holds_some_memory() -> None:
    assert 0.05 < peak_memory_gb() < 64
