"""The evaluation itself: ask, render, listen, compare."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inference.pack import Pack
from inference.pipeline import Engine, understood_by
from inference.request import RenderRequest
from onnx_models.captions import Language
from onnx_models.composer import Piece
from onnx_models.evaluation import rows as found
from onnx_models.evaluation.classifier import Classifier
from onnx_models.evaluation.fitting import (
    FITTED_ROLES,
    Accompaniment,
    accompaniments,
    fitting_share,
    notes_heard,
    stranger,
)
from onnx_models.evaluation.listen import listen
from onnx_models.evaluation.page import Example, write_example
from onnx_models.evaluation.report import Report, Row, today
from onnx_models.evaluation.rows import Take
from onnx_models.evaluation.songs import FIRST_SEED, ROLES, Case, make_cases
from onnx_models.evaluation.speed import measure_speed
from onnx_models.evaluation.wordings import wordings

Floats = NDArray[np.float32]
Render = Callable[[Case], Floats]
OnStage = Callable[[str], None]

UNSEEN_SEED: Final = FIRST_SEED + 1_000_000  # songs that only the distance is measured to
PICTURES: Final = 6
LANGUAGES: Final[dict[Language, str]] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to evaluate."""

    songs: int = 16
    seeds: int = 3
    song_s: float = 8.0
    roles: tuple[str, ...] = ROLES
    speed_s: float = 30.0
    chinese: bool = True
    wordings: bool = True


QUICK: Final = Plan(songs=4, seeds=1, song_s=6.0, roles=("lead", "mix"), speed_s=10.0,
                    chinese=False, wordings=False)  # fmt: skip


@dataclass(slots=True)
class Evaluation:
    """Evaluates one pack; `baselines` turn a case's sampled audio into a rival sound."""

    engine: Engine
    plan: Plan
    soundfont: Path
    classifier: Classifier
    baselines: Mapping[str, Render]
    on_stage: OnStage = lambda _stage: None
    examples: list[Example] = field(default_factory=list)

    @property
    def pack(self) -> Pack:
        """Return the pack."""
        return self.engine.pack

    @property
    def rate_hz(self) -> int:
        """Return the pack's sample rate."""
        return self.pack.manifest.audio.sample_rate_hz

    def run(self, pictures: Path | None = None) -> Report:
        """Return the report; examples go into the folder `pictures`."""
        songs = range(FIRST_SEED, FIRST_SEED + self.plan.songs)
        cases = self.cases(songs)
        self.on_stage("the sampled instrument")
        reference = self.takes(cases, lambda case: case.reference)
        rounds = [self.rendered(cases, seed, "en", pictures) for seed in range(self.plan.seeds)]
        rows = tuple(self.rows(rounds, reference, cases))
        manifest = self.pack.manifest
        return Report(
            pack={"id": manifest.id, "version": manifest.version, "sha256": self.pack.sha256},
            rows=rows, songs=tuple(songs), seeds=tuple(range(self.plan.seeds)),
            song_s=self.plan.song_s, soundfont=self.soundfont.name, date=today(),
        )  # fmt: skip

    def cases(self, seeds: Sequence[int]) -> list[Case]:
        """Return the cases of all songs, for roles that the pack has."""
        known = self.pack.manifest.conditions.roles or ["mix"]
        roles = [role for role in self.plan.roles if role in known]
        return [
            case
            for seed in seeds
            for case in make_cases(seed, self.plan.song_s, self.soundfont, self.rate_hz, roles)
        ]

    def takes(self, cases: Sequence[Case], render: Render) -> list[Take]:
        """Return what is heard of each case when `render` plays it."""
        takes = []
        for case in cases:
            same = [c for c in cases if c.role == case.role]
            other = same[(same.index(case) + 1) % len(same)]
            heard = listen(case, other, render(case), self.rate_hz, self.classifier)
            takes.append(Take(case, heard))
        return takes

    def rendered(
        self, cases: Sequence[Case], seed: int, language: Language, pictures: Path | None = None
    ) -> list[Take]:
        """Return what is heard of the pack's renders; the first few are kept as examples."""

        def render(case: Case) -> Floats:
            number = cases.index(case)
            self.on_stage(f"seed {seed}, {language}: {number + 1} of {len(cases)}")
            audio = self.engine.render(case.request(self.pack.id, seed, language)).audio
            if pictures is not None and seed == 0 and number < PICTURES:
                example = Example(f"{case.seed}-{case.role}", case.prompts[language])
                write_example(example, case.reference, audio, self.rate_hz, pictures)
                self.examples.append(example)
            return audio

        return self.takes(cases, render)

    def rows(
        self, rounds: Sequence[found.Takes], reference: found.Takes, cases: Sequence[Case]
    ) -> Iterator[Row]:
        """Yield all rows of the report."""
        leads = [case for case in cases if case.role == "lead"]
        chinese = self.rendered(leads, 0, "zh") if self.plan.chinese else []
        self.on_stage("baselines")
        rivals = {name: self.takes(cases, play) for name, play in self.baselines.items()}
        yield from found.note_rows(rounds, reference)
        yield from found.control_rows(rounds)
        yield from found.prompt_rows(rounds, reference, chinese)
        if self.plan.wordings:
            yield from self.wording_rows()
        yield from self.fitting_rows([case.seed for case in leads])
        yield from found.sound_rows(rounds, reference)
        yield from found.distance_rows(rounds, reference, self.unseen(), rivals)
        yield from found.baseline_rows(rivals, reference)
        self.on_stage("speed")
        speed = measure_speed(self.pack.folder, self.plan.speed_s)
        yield Row("speed on this machine's CPU", speed.times_real_time, "x real time", 5, 40)
        first = f"first second of sound, of {self.plan.speed_s:g} s"
        yield Row(first, speed.first_second_s, "s", 1, 0.3, at_most=True)
        yield Row("peak memory", speed.peak_memory_gb, "GB", 2, 1.5, at_most=True)

    def wording_rows(self) -> Iterator[Row]:
        """Yield how often the instrument is heard that is asked for in free wording."""
        for language, name in LANGUAGES.items():
            self.on_stage(f"free wording, {name}")
            right = []
            for wording in wordings((language,)):
                request = wording.request(self.pack.id, self.rate_hz, 0)
                heard = self.classifier.guess(self.engine.render(request).audio, self.rate_hz)
                right.append(heard.instrument in wording.instruments)
            share = 100 * float(np.mean(right))
            yield Row(f"asked instrument is heard, free wording, {name}", share, "%", 70, 95)

    def fitting_rows(self, songs: Sequence[int]) -> Iterator[Row]:
        """Yield how well parts that are left free fit what they hear, and another song."""
        if "context_audio" not in understood_by(self.pack):
            return
        self.on_stage("free parts")
        free = [
            part
            for seed in songs
            for part in accompaniments(seed, self.plan.song_s, self.soundfont, self.rate_hz)
            if part.case.role in self.pack.manifest.conditions.roles
        ]
        pieces = list({part.piece.seed: part.piece for part in free}.values())
        for role in FITTED_ROLES:
            shares = np.array(
                [self.fit(part, pieces) for part in free if part.case.role == role]
            ).reshape(-1, 2)
            own, other = (100 * found.mean(column.tolist()) for column in shares.T)
            yield Row(f"free {role}: notes that fit what it hears", own, "%", 85, 95)
            yield Row(f"free {role}: the same against another song", other, "%", 60, at_most=True)

    def fit(self, part: Accompaniment, pieces: Sequence[Piece]) -> tuple[float, float]:
        """Return the share of notes that fit the part's song, and that fit another one."""
        audio = self.engine.render(part.request(self.pack.id, 0)).audio
        heard = notes_heard(audio, self.rate_hz)
        other = stranger(pieces, part.piece)
        return fitting_share(heard, part.piece), fitting_share(heard, other)

    def unseen(self) -> np.ndarray:
        """Return the embeddings of twice as many other held-out songs, by the SoundFont."""
        seeds = range(UNSEEN_SEED, UNSEEN_SEED + 2 * max(self.plan.songs, 8))
        return np.stack(
            [self.classifier.embedding(c.reference, self.rate_hz) for c in self.cases(seeds)]
        )


def decoded(engine: Engine) -> Render | None:
    """Return what plays a case's sampled audio through the pack's encoder and decoder alone.

    None where the pack cannot start from audio.
    """
    if "initial_audio" not in understood_by(engine.pack):
        return None

    def play(case: Case) -> Floats:
        return engine.render(
            RenderRequest(
                pack_id=engine.pack.id,
                frames=case.reference.shape[1],
                role=case.role,
                steps=1,
                initial_audio=case.reference,
                initial_strength=0.0,
            )
        ).audio

    return play
