"""What the model cannot do is greyed, with the reason."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt

from desktop.document.edits import change_region
from desktop.document.song import Region, Role
from desktop.rendering.packs import DEFAULT_PACK, bundled_folder
from desktop.session.selection import Selection
from inference.pack import Conditions, Manifest, Pack, load_pack
from inference.pipeline import understood_by
from ui.inspector.abilities import ABILITIES, abilities_of, understood
from ui.inspector.panel import Inspector
from ui.shared.studio import Studio


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(bundled_folder() / DEFAULT_PACK)


def poorer(manifest: Manifest, *inputs: str, **conditions: Any) -> Manifest:
    """Return `manifest` whose denoiser takes only `inputs` beside latents and time."""
    structs, graphs = msgspec.structs, manifest.graphs
    offered = graphs.denoiser.inputs | (graphs.control.inputs if graphs.control else {})
    wanted = {"latents", "time", *inputs}
    kept = {name: tensor for name, tensor in offered.items() if name in wanted}
    denoiser = structs.replace(graphs.denoiser, inputs=kept)
    graphs = structs.replace(graphs, denoiser=denoiser, control=None)
    sampling = structs.replace(manifest.sampling, guidance="none")
    return structs.replace(
        manifest, graphs=graphs, sampling=sampling, conditions=Conditions(**conditions)
    )


def use(studio: Studio, pack_id: str) -> None:
    settings = replace(studio.session.song.settings, pack_id=pack_id)
    studio.session.edit("Choose model", lambda song: replace(song, settings=settings))


def install(pack: Pack, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    made = replace(pack, manifest=manifest)
    monkeypatch.setattr("ui.inspector.abilities.find_pack", lambda _pack_id: made)


def select_region(studio: Studio) -> None:
    region = studio.session.song.tracks[0].regions[0]
    studio.session.select(Selection(parts=frozenset({region.id})))


@pytest.mark.parametrize("inputs", ["", "text", "notes context", "text notes context"])
def test_they_are_those_that_a_render_follows(pack: Pack, inputs: str) -> None:
    notes = pack.manifest.conditions.notes
    can = dict.fromkeys(("prompt", "negative_prompt", "context_audio"), True)
    manifest = poorer(pack.manifest, *inputs.split(), notes=notes, **can)
    followed = understood_by(replace(pack, manifest=manifest))
    assert {each for each, able in understood(manifest).items() if able} == followed & set(
        ABILITIES
    )


def test_the_embedded_model_can_do_all(inspector: Inspector, studio: Studio) -> None:
    select_region(studio)
    section = inspector.region
    for control in (section.prompt, section.negative, section.guidance, section.strength):
        assert control.isEnabled()
    assert section.model.text() == (
        "Partimento Mini takes prompt, negative prompt, notes, other tracks, guidance"
    )


def test_a_negative_prompt_says_from_which_guidance_on_it_counts(
    inspector: Inspector, studio: Studio
) -> None:
    select_region(studio)
    region = studio.session.song.tracks[0].regions[0].id
    for guidance, is_said in ((1.0, True), (2.0, False)):

        def guided(region: Region, guidance: float = guidance) -> Region:
            return replace(region, guidance=guidance)

        edit = partial(change_region, region_id=region, change=guided)
        studio.session.edit("Guidance", edit)
        assert ("guidance above 1" in inspector.region.negative.toolTip()) == is_said


def test_what_a_model_cannot_do_is_greyed_and_the_reason_said(
    inspector: Inspector, studio: Studio, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(pack, poorer(pack.manifest, "role", roles=("lead",)), monkeypatch)
    select_region(studio)
    section = inspector.region
    for control, reason in (
        (section.prompt, "reads no prompt"),
        (section.negative, "reads no negative prompt"),
        (section.guidance, "knows no guidance"),
        (section.strength, "follows no notes"),
        (section.listens, "does not hear other tracks"),
    ):
        assert not control.isEnabled()
        assert control.toolTip() == f"Partimento Mini {reason}"
    assert not section.box.chips.isEnabled()
    assert "✗ Partimento Mini follows no notes" in section.model.toolTip()
    assert section.steps.isEnabled()


def test_roles_that_a_model_does_not_play_cannot_be_chosen(
    inspector: Inspector, studio: Studio, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(pack, poorer(pack.manifest, "role", roles=("lead", "bass")), monkeypatch)
    select_region(studio)
    box = inspector.region.role

    def enabled(role: Role) -> bool:
        flags = box.model().flags(box.model().index(box.findData(role), 0))
        return bool(flags & Qt.ItemFlag.ItemIsEnabled)

    assert enabled("bass")
    assert not enabled("drums")
    why = box.itemData(box.findData("drums"), Qt.ItemDataRole.ToolTipRole)
    assert why == "Partimento Mini does not play this role"


def test_another_model_is_asked_anew(
    inspector: Inspector, studio: Studio, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    select_region(studio)
    assert inspector.region.strength.isEnabled()
    install(pack, poorer(pack.manifest, "text", prompt=True), monkeypatch)
    use(studio, "poor")
    assert not inspector.region.strength.isEnabled()
    assert inspector.region.prompt.isEnabled()


def test_a_model_that_is_missing_is_said_and_nothing_greyed(
    inspector: Inspector, studio: Studio
) -> None:
    use(studio, "gone")
    select_region(studio)
    assert "no pack 'gone'" in inspector.region.model.text()
    assert inspector.region.strength.isEnabled()


def test_a_damaged_model_is_named(
    inspector: Inspector, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "data" / "partimento" / "packs" / DEFAULT_PACK
    shutil.copytree(bundled_folder() / DEFAULT_PACK, copy)
    (copy / "decoder.onnx").write_bytes(b"short")
    monkeypatch.setattr("desktop.rendering.packs.bundled_folder", lambda: tmp_path / "none")
    select_region(studio)
    assert "decoder.onnx" in inspector.region.model.text()
    assert abilities_of(load_pack(bundled_folder() / DEFAULT_PACK)).problem == ""
