import io
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from inference.errors import PackError
from inference.install import install, put_in_place, remove, restore, superseded
from inference.pack import Pack, load_pack

TinyPack = Callable[..., Path]


def zipped(folder: Path, target: Path, prefix: str = "tiny/") -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, prefix + path.name)
    return target


def tarred(folder: Path, target: Path) -> Path:
    with tarfile.open(target, "w:gz") as archive:
        archive.add(folder, "tiny")
    return target


@pytest.mark.parametrize("kind", ["folder", "zip", "flat zip", "tar"])
def test_a_pack_installs_whole(tiny_pack: Path, tmp_path: Path, kind: str) -> None:
    source = {
        "folder": lambda: tiny_pack,
        "zip": lambda: zipped(tiny_pack, tmp_path / "a.zip"),
        "flat zip": lambda: zipped(tiny_pack, tmp_path / "a.zip", prefix=""),
        "tar": lambda: tarred(tiny_pack, tmp_path / "a.tar.gz"),
    }[kind]()
    pack = install(source, tmp_path / "models")
    pack.verify()
    assert pack.sha256 == load_pack(tiny_pack).sha256
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny"]


def test_installing_again_replaces_the_pack(make_tiny_pack: TinyPack, tmp_path: Path) -> None:
    models = tmp_path / "models"
    install(make_tiny_pack(), models)
    newer = make_tiny_pack({"id": "tiny", "version": "0.0.2"}, name="newer/tiny")
    assert install(newer, models).manifest.version == "0.0.2"
    assert load_pack(models / "tiny").manifest.version == "0.0.2"


def test_an_installation_beside_this_one_makes_no_error_of_it(
    tiny_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = put_in_place

    def and_another(pack: Pack, into: Path, aside: Path) -> Path:
        placed = real(pack, into, aside)
        placed.rename(aside / "taken by the other")
        return placed

    monkeypatch.setattr("inference.install.put_in_place", and_another)
    assert install(tiny_pack, tmp_path).folder == tmp_path / "tiny"


def test_a_damaged_pack_leaves_the_old_one(make_tiny_pack: TinyPack, tmp_path: Path) -> None:
    models, folder = tmp_path / "models", make_tiny_pack()
    install(folder, models)
    path = folder / "LICENSE"
    path.write_bytes(b"X" * path.stat().st_size)
    with pytest.raises(PackError, match=r"LICENSE .* is damaged"):
        install(folder, models)
    load_pack(models / "tiny").verify()
    assert [path.name for path in models.iterdir()] == ["tiny"]


def test_an_archive_cannot_write_outside(make_tiny_pack: TinyPack, tmp_path: Path) -> None:
    folder = make_tiny_pack({"files": {"../../evil": {"sha256": "0" * 64, "bytes": 1}}})
    with pytest.raises(PackError, match="leaves the pack"):
        install(zipped(folder, tmp_path / "a.zip"), tmp_path / "models")
    assert not list((tmp_path / "models").iterdir())
    assert not (tmp_path / "evil").exists()


def test_files_that_the_manifest_does_not_name_stay_behind(tiny_pack: Path, tmp_path: Path) -> None:
    source = zipped(tiny_pack, tmp_path / "a.zip")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("tiny/../../evil", "x")
        archive.writestr("/etc/evil", "x")
    folder = install(source, tmp_path / "models").folder
    assert {path.name for path in folder.iterdir()} == {p.name for p in tiny_pack.iterdir()}


def test_a_file_larger_than_it_says_is_not_unpacked(
    make_tiny_pack: TinyPack, tmp_path: Path
) -> None:
    folder = make_tiny_pack()
    (folder / "MODEL_CARD.md").write_bytes(b"0" * 50_000_000)
    source = tmp_path / "bomb.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    with pytest.raises(PackError, match=r"MODEL_CARD.md .* is damaged"):
        install(source, tmp_path / "models")


def test_what_a_killed_installation_left_is_removed_after_a_day(
    tiny_pack: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    for name in ("tmpold.part", "tmpnew.part", "mine.part"):
        (models / name / "tiny").mkdir(parents=True)
    for name in ("tmpold.part", "mine.part"):
        os.utime(models / name, (0, 0))
    install(tiny_pack, models)
    assert {path.name for path in models.iterdir()} == {"tiny", "tmpnew.part", "mine.part"}


def test_a_pack_larger_than_the_disk_is_refused(make_tiny_pack: TinyPack, tmp_path: Path) -> None:
    folder = make_tiny_pack({"files": {"LICENSE": {"sha256": "0" * 64, "bytes": 2**40}}})
    with pytest.raises(PackError, match="free some space"):
        install(folder, tmp_path / "models")


def test_a_link_in_a_tar_is_no_file(tiny_pack: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.tar"
    with tarfile.open(source, "w") as archive:
        archive.add(tiny_pack / "pack.toml", "pack.toml")
        link = tarfile.TarInfo("LICENSE")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(PackError, match="not a plain file"):
        install(source, tmp_path / "models")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x1f\x8b broken", b"\0" * 2048])
def test_what_is_no_archive_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(data)
    with pytest.raises(PackError, match=r"a\.zip"):
        install(source, tmp_path / "models")


def test_a_folder_without_a_manifest_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"holds no pack\.toml; it is not a pack"):
        install(tmp_path, tmp_path / "packs")


def test_a_file_that_is_no_archive_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "tune.mid").write_bytes(b"MThd")
    with pytest.raises(PackError, match=r"tune\.mid is neither a folder nor an archive"):
        install(tmp_path / "tune.mid", tmp_path / "packs")


def test_a_truncated_archive_is_a_clear_error(tiny_pack: Path, tmp_path: Path) -> None:
    data = tarred(tiny_pack, tmp_path / "a.tar.gz").read_bytes()
    for length in range(0, len(data) - 100, len(data) // 20):  # behind the files is only padding
        (tmp_path / "b.tar.gz").write_bytes(data[:length])
        with pytest.raises(PackError):
            install(tmp_path / "b.tar.gz", tmp_path / "models")


@pytest.mark.parametrize("kind", ["w", "w:gz", "w:xz", "w:bz2"])
def test_mutated_archives_install_or_say_why_not(
    tiny_pack: Path, tmp_path: Path, kind: Literal["w", "w:gz", "w:xz", "w:bz2"]
) -> None:
    source, random_, refused = tmp_path / "a.tar", random.Random(1), 0
    with tarfile.open(source, kind) as archive:
        archive.add(tiny_pack, "tiny")
    good = source.read_bytes()
    for _ in range(30):
        data = bytearray(good)
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        source.write_bytes(data)
        try:
            install(source, tmp_path / "models").verify()
        except PackError:
            refused += 1
    assert refused > 5


def test_a_header_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 2**30
    (tmp_path / "a.tar").write_bytes(header.tobuf() + bytes(4096))
    with pytest.raises(PackError, match="a header of 1073741824 bytes"):
        install(tmp_path / "a.tar", tmp_path / "models")


def test_an_archive_that_grows_without_end_is_given_up(tiny_pack: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.xz", "w:xz", preset=0) as archive:
        zeros = tarfile.TarInfo("zeros")
        zeros.size = 150 * 2**20
        archive.addfile(zeros, io.BytesIO(bytes(zeros.size)))
        archive.add(tiny_pack, "tiny")
    with pytest.raises(PackError, match="which no pack does"):
        install(tmp_path / "a.tar.xz", tmp_path / "models")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["", "pack.toml", "LICENSE"])
def test_a_pipe_is_not_waited_for(make_tiny_pack: TinyPack, tmp_path: Path, name: str) -> None:
    source = make_tiny_pack() / name if name else tmp_path / "a.zip"
    source.unlink(missing_ok=True)
    os.mkfifo(source)
    with pytest.raises(PackError, match=r"plain file|nor a file"):
        install(source.parent if name else source, tmp_path / "models")


def test_an_archive_without_a_pack_is_a_clear_error(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("hello"), io.BytesIO())
    with pytest.raises(PackError, match="not a pack"):
        install(tmp_path / "a.tar", tmp_path / "models")


def test_a_removed_pack_is_gone(tiny_pack: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    install(tiny_pack, models)
    remove("tiny", models)
    assert not list(models.iterdir())
    for name in ("tiny", "..", "", "../models/tiny"):
        with pytest.raises(PackError, match="there is no pack"):
            remove(name, models)


def test_a_superseded_version_can_be_brought_back_and_forth(
    make_tiny_pack: TinyPack, tmp_path: Path
) -> None:
    into = tmp_path / "installed"
    for number in ("1.0.0", "2.0.0"):
        source = make_tiny_pack({"version": number}, name=f"tiny{number}/tiny")
        install(source, into)
    assert superseded("tiny", into) == ("1.0.0",)
    assert restore("tiny", "1.0.0", into).manifest.version == "1.0.0"
    assert superseded("tiny", into) == ("2.0.0",)
    load_pack(into / "tiny").verify()
    assert restore("tiny", "2.0.0", into).manifest.version == "2.0.0"
    with pytest.raises(PackError, match="no version '3' of pack 'tiny' is kept"):
        restore("tiny", "3", into)
    remove("tiny", into)
    assert superseded("tiny", into) == ()


def test_a_pack_installed_twice_is_not_kept_twice(tiny_pack: Path, tmp_path: Path) -> None:
    for _ in range(2):
        install(tiny_pack, tmp_path / "installed")
    assert superseded("tiny", tmp_path / "installed") == ()
