import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inference.errors import PackError
from inference.pack import Pack, find_packs, is_inside, load_pack

TinyPack = Callable[..., Path]


def npy(array: np.ndarray[Any, Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_a_sound_pack_loads_and_verifies(tiny_pack: Path) -> None:
    pack = load_pack(tiny_pack)
    pack.verify()
    assert pack.id == "tiny"
    assert pack.latent_rate_hz == 125.0
    assert set(pack.graphs) == {"text", "denoiser", "decoder", "encoder"}
    assert pack.empty_latent.tolist() == [0.0] * 8


def test_the_hash_follows_the_manifest(make_tiny_pack: TinyPack) -> None:
    one = load_pack(make_tiny_pack())
    other = load_pack(make_tiny_pack({"version": "0.0.2"}, name="other"))
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contract": 2}, "contract is 2, this program reads 1"),
        ({"id": "other"}, "must equal the folder's name"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"audio": {"channels": 0}}, r"\$.audio.channels"),
        ({"audio": {"sample_rate_hz": 4000}}, r"\$.audio.sample_rate_hz"),
        ({"sampling": {"shift": 1e-300}}, r"\$.sampling.shift"),
        ({"latent": {"channels": 2**31}}, "numbers a second or fewer"),
        ({"audio": {"sample_rate_hz": 192000}, "latent": {"audio_frames": 1}}, "numbers a second"),
        ({"conditions": {"notes": {"planes": ["onset", "onset"]}}}, "planes once"),
        ({"sampling": {"kind": "magic"}}, "magic"),
        ({"sampling": {"times": [1.0, 0.5]}}, "times that fall"),
        ({"sampling": {"times": [0.5, 0.5, 0.0]}}, "times that fall"),
        ({"latent": {"overlap": 40}}, "overlap"),
        ({"latent": {"silence": "silence.npy"}}, "lacks 'silence.npy'"),
        ({"graphs": {"encoder": None}}, "graphs.encoder"),
        ({"graphs": {"denoiser": {"inputs": {"control": "control"}}}}, "graphs.control"),
        ({"conditions": {"notes": None}}, "conditions.notes"),
        ({"text": None}, r"needs \[text\]"),
        ({"graphs": {"denoiser": {"inputs": {"taste": "x"}}}}, "got inputs"),
        ({"graphs": {"decoder": {"outputs": {"picture": "audio"}}}}, "outputs"),
        ({"files": {"LICENSE": None}}, "lacks 'LICENSE'"),
        ({"files": {"../tiny": {"sha256": "0" * 64, "bytes": 1}}}, "leaves the pack"),
        ({"files": {"gone.bin": {"sha256": "0" * 64, "bytes": 1}}}, "is missing"),
        ({"files": {"LICENSE": {"sha256": "0" * 64, "bytes": 1}}}, "bytes, the manifest says 1"),
    ],
)
def test_a_faulty_manifest_is_a_clear_error(
    make_tiny_pack: TinyPack, changes: dict[str, Any], said: str
) -> None:
    folder = make_tiny_pack(changes)
    with pytest.raises(PackError, match=said) as caught:
        load_pack(folder)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"contract = ", b"\xff\xfe", b"[[[[", b"contract = 1"])
def test_a_damaged_manifest_is_a_clear_error(make_tiny_pack: TinyPack, data: bytes) -> None:
    folder = make_tiny_pack()
    (folder / "pack.toml").write_bytes(data)
    with pytest.raises(PackError, match=r"pack\.toml"):
        load_pack(folder)


def test_a_figure_of_thousands_of_digits_is_a_clear_error(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack()
    (folder / "pack.toml").write_text(f"contract = {'1' * 5000}", encoding="utf-8")
    with pytest.raises(PackError, match=r"pack\.toml is not TOML"):
        load_pack(folder)


def test_a_link_that_leads_to_itself_is_a_clear_error(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack()
    (folder / "LICENSE").unlink()
    (folder / "LICENSE").symlink_to("LICENSE")
    with pytest.raises(PackError, match=r"tiny cannot be read .*install the pack again"):
        load_pack(folder)


def test_a_name_that_no_disk_takes_is_a_clear_error(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack({"files": {"a" * 5000: {"sha256": "0" * 64, "bytes": 1}}})
    with pytest.raises(PackError, match=r"tiny cannot be read .*install the pack again"):
        load_pack(folder)


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"is .* a pack"):
        load_pack(tmp_path)


def test_one_changed_byte_fails_verification(make_tiny_pack: TinyPack) -> None:
    folder = make_tiny_pack()
    data = bytearray((folder / "decoder.onnx").read_bytes())
    data[-1] ^= 1
    (folder / "decoder.onnx").write_bytes(data)
    pack = load_pack(folder)
    with pytest.raises(PackError, match=r"decoder\.onnx is damaged"):
        pack.verify()


def test_a_link_that_leaves_the_pack_is_refused(make_tiny_pack: TinyPack, tmp_path: Path) -> None:
    folder = make_tiny_pack()
    outside = tmp_path / "LICENSE"
    (folder / "LICENSE").rename(outside)
    (folder / "LICENSE").symlink_to(outside)
    with pytest.raises(PackError, match="leaves the pack"):
        load_pack(folder)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"nonsense", r"not a \.npy array"), (npy(np.zeros(3)), r"must be float32 \(8,\)")],
)
def test_a_faulty_silence_latent_is_refused(
    make_tiny_pack: TinyPack, data: bytes, said: str
) -> None:
    folder = make_tiny_pack({"latent": {"silence": "s.npy"}}, contents={"s.npy": data})
    with pytest.raises(PackError, match=said):
        _ = load_pack(folder).empty_latent


def test_the_silence_latent_stands_for_nothing(make_tiny_pack: TinyPack) -> None:
    silence = np.arange(8, dtype=np.float32)
    folder = make_tiny_pack({"latent": {"silence": "s.npy"}}, contents={"s.npy": npy(silence)})
    np.testing.assert_array_equal(load_pack(folder).empty_latent, silence)


def test_packs_are_found_and_faulty_ones_reported(make_tiny_pack: TinyPack) -> None:
    good = make_tiny_pack(name="a-good")
    make_tiny_pack({"contract": 9}, name="b-bad")
    found = list(find_packs([good.parent, good.parent / "nowhere"]))
    assert isinstance(found[0], Pack)
    assert isinstance(found[1], PackError)
    assert len(found) == 2


@pytest.mark.parametrize(
    "name", ["", ".", "a\nb", "/a", "../a", "a/../b", "a//b", "a\\b", "C:a", "a\0", "./a"]
)
def test_names_that_leave_the_pack_are_seen(name: str) -> None:
    assert not is_inside(name)
    assert is_inside("graphs/denoiser.onnx")


def mutated(data: bytes, random_: random.Random) -> bytes:
    """Return a manifest with a few bytes changed, a piece cut out, or a value made absurd."""
    change, at = bytearray(data), random_.randrange(len(data))
    kind = random_.randrange(3)
    if kind == 0:
        change[at] = random_.randrange(256)
    elif kind == 1:
        del change[at : at + random_.randint(1, 60)]
    else:
        lines = data.split(b"\n")
        line = random_.randrange(len(lines))
        value = random_.choice([b"1e400", b"nan", b"-1", b"9" * 30, b'"../../x"', b"[]", b"true"])
        lines[line] = lines[line].split(b"=")[0] + b"= " + value
        return b"\n".join(lines)
    return bytes(change)


def test_mutated_manifests_load_or_say_why_not(make_tiny_pack: TinyPack) -> None:
    path = make_tiny_pack() / "pack.toml"
    good, random_, refused = path.read_bytes(), random.Random(1), 0
    for _ in range(300):
        path.write_bytes(mutated(good, random_))
        try:
            load_pack(path.parent)
        except PackError:
            refused += 1
    assert 200 < refused < 300
