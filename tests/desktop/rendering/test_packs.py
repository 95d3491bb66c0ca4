from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from desktop.document.edits import set_pack
from desktop.document.song import Song
from desktop.rendering import packs
from inference.errors import PackError, RequestError

Install = Callable[[str, Path], Path]


@pytest.fixture
def install(tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what puts a copy of the tiny pack, under another name, into a folder of packs."""
    monkeypatch.setattr(packs, "user_folder", lambda: tmp_path / "user")
    monkeypatch.setattr(packs, "bundled_folder", lambda: tmp_path / "bundled")

    def put(name: str, into: Path) -> Path:
        folder = copytree(tiny_pack, tmp_path / into / name)
        manifest = folder / "pack.toml"
        manifest.write_text(manifest.read_text("utf-8").replace('"tiny"', f'"{name}"'), "utf-8")
        return folder

    return put


def test_a_pack_is_found_by_its_id_the_user_s_first(install: Install) -> None:
    install("other", Path("bundled"))
    mine = install("other", Path("user"))
    assert packs.find_pack("other").folder == mine


def test_the_default_pack_is_mini_and_else_the_first(install: Install) -> None:
    install("aardvark", Path("user"))
    assert packs.find_pack(None).id == "aardvark"
    install("mini", Path("bundled"))
    assert packs.find_pack(None).id == "mini"


def test_a_pack_that_is_not_there_is_a_clear_error(install: Install) -> None:
    install("other", Path("user"))
    with pytest.raises(PackError, match=r"no pack 'tiny' \(installed: other\); see `partimento"):
        packs.find_pack("tiny")


def test_a_damaged_pack_says_what_is_wrong_with_it(install: Install) -> None:
    (install("other", Path("user")) / "pack.toml").write_text("nonsense", "utf-8")
    with pytest.raises(PackError, match="is not TOML"):
        packs.find_pack("other")


def test_a_damaged_pack_that_another_stands_in_for_is_not_passed_over_in_silence(
    install: Install,
) -> None:
    (install("other", Path("user")) / "LICENSE").unlink()
    (install("another", Path("user")) / "LICENSE").unlink()
    used = install("other", Path("bundled"))
    pack = packs.find_pack("other")
    assert pack.folder == used
    (error,) = packs.passed_over(pack)
    assert "user/other/LICENSE is missing" in str(error).replace("\\", "/")


def test_the_bundled_packs_lie_beside_their_training() -> None:
    assert packs.bundled_folder().parent.name == "onnx_models"


def test_a_region_is_rendered_by_its_own_pack_else_by_the_song_s(
    install: Install, song: Song
) -> None:
    install("tiny", Path("user"))
    install("other", Path("user"))
    song = set_pack(song, {4}, "other")
    assert packs.pack_for(song, [3]).id == "tiny"
    assert packs.pack_for(song, [4]).id == "other"
    assert packs.pack_for(song, [3, 4], "other").id == "other"
    assert packs.pack_for(set_pack(song, {3}, "tiny"), [3, 7]).id == "tiny"


def test_regions_that_come_to_want_different_packs_are_not_rendered_as_one(
    install: Install, song: Song
) -> None:
    install("tiny", Path("user"))
    with pytest.raises(RequestError, match=r"want different packs \(tiny, other\); render them"):
        packs.pack_for(set_pack(song, {4}, "other"), [3, 4])


def test_a_region_whose_pack_is_not_there_is_named_in_one_sentence(
    install: Install, song: Song
) -> None:
    install("tiny", Path("user"))
    with pytest.raises(PackError) as caught:
        packs.pack_for(set_pack(song, {4}, "other"), [4])
    assert str(caught.value) == (
        "region 4 is to be rendered by pack 'other', which is not installed (installed: tiny); "
        "install it, or choose another for the region"
    )
