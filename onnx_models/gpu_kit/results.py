"""What a run on a lent GPU hands back: its networks in pieces, and how they are taken in."""

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any, Final

from torch import Tensor

from onnx_models.checkpoint import read
from onnx_models.training.denoiser import FILE, with_parts
from onnx_models.training.distil import DISTILLED_FILE
from onnx_models.training.run import Place, light, load, save
from onnx_models.training.sharpen import SHARPENED_FILE
from onnx_models.training.shipped import shipped_denoiser
from onnx_models.training.vocoder import FILE as VOCODER_FILE

SUMS_FILE: Final = "SHA256SUMS"
PIECE_BYTES: Final = 15_000_000
FIXED: Final = ("control.timbre.", "prompt.first", "prompt.second")  # what no run changes


def split(path: Path, limit: int) -> list[Path]:
    """Replace the file at `path` by pieces of at most `limit` bytes; return them."""
    for old in path.parent.glob(f"{path.name}.[0-9]*"):
        old.unlink()
    pieces: list[Path] = []
    with path.open("rb") as file:
        while data := file.read(limit):
            pieces.append(path.with_name(f"{path.name}.{len(pieces):02}"))
            pieces[-1].write_bytes(data)
    path.unlink()
    return pieces


def write_sums(folder: Path) -> None:
    """Write what `sha256sum --check` reads for the files in `folder`."""
    (folder / SUMS_FILE).unlink(missing_ok=True)
    files = sorted(path for path in folder.iterdir() if path.is_file())
    rows = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / SUMS_FILE).write_text("".join(rows), encoding="utf-8")


def checked(folder: Path) -> list[Path]:
    """Return the files of `folder`; ValueError where one is missing or damaged."""
    if not (folder / SUMS_FILE).exists():
        raise ValueError(f"{folder / SUMS_FILE} is missing; copy all that the run wrote")
    files = []
    for row in (folder / SUMS_FILE).read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = row.partition("  ")
        if not name or name != Path(name).name:
            raise ValueError(f"{folder / SUMS_FILE} is not what the run wrote; copy it again")
        files.append(folder / name)
        if not files[-1].exists():
            raise ValueError(f"{files[-1]} is missing; copy all that the run wrote")
        if hashlib.sha256(files[-1].read_bytes()).hexdigest() != digest:
            raise ValueError(f"{files[-1]} is not what the run wrote; copy it again")
    return files


def write_results(folder: Path, out: Path) -> None:
    """Write what `folder`'s run trained into `out`, in pieces, and the logs."""
    names = (FILE, DISTILLED_FILE, SHARPENED_FILE, VOCODER_FILE)
    there = [folder / name for name in names if (folder / name).exists()]
    if not there:
        raise ValueError(f"{folder} holds no network; did the run end early?")
    out.mkdir(parents=True, exist_ok=True)
    for path in there:
        state = light(load(path))
        kept = {k: v for k, v in state["weights"].items() if not k.startswith(FIXED)}
        save(state | {"weights": kept}, out / path.name)
        split(out / path.name, PIECE_BYTES)
    for log in folder.glob("*.csv"):
        shutil.copy(log, out)
    write_sums(out)


def averaged(place: Place) -> tuple[int, dict[str, Tensor]]:
    """Return the step and weights of the place's denoiser; where it has none, of its pack."""
    path = place.folder / FILE
    if path.exists():
        state = load(path)
        return state["step"], with_parts(state["weights"] | state["average"], place.folder)
    if place.pack is None:
        raise ValueError(f"{path} is missing; train a denoiser, or go on from a pack")
    return 0, with_parts(shipped_denoiser(place.pack).state_dict(), place.folder)


def take(results: Path, place: Place) -> list[Path]:
    """Write the networks of `results` into the place's folder; return them.

    What they replace stays beside them. ValueError, and nothing written, where they do not fit.
    """
    pieces = [path for path in checked(results) if path.suffix[1:].isdigit()]
    if not pieces:
        raise ValueError(f"{results} holds no network; did the run end early?")
    _, base = averaged(place)
    states = {name: joined(pieces, name) for name in sorted({path.stem for path in pieces})}
    for name in states.keys() - {VOCODER_FILE}:
        state = states[name]
        state["weights"] = completed(state["weights"], base, f"{name} of {results}")
    for name, state in states.items():
        keep(place.folder / name)
        save(state, place.folder / name)
    return [place.folder / name for name in states]


def joined(pieces: list[Path], name: str) -> dict[str, Any]:
    """Return the checkpoint that `pieces` hold under `name`."""
    data = b"".join(path.read_bytes() for path in sorted(pieces) if path.stem == name)
    state = read(Path(name), io.BytesIO(data))
    if not isinstance(state.get("weights"), dict):
        raise ValueError(f"{name} holds no weights; copy all that the run wrote again")
    return state


def completed(weights: dict[str, Tensor], base: dict[str, Tensor], whose: str) -> dict[str, Tensor]:
    """Return `weights` with what was not trained, from `base`; ValueError where they differ."""
    missing = [k for k in base if k not in weights and not k.startswith(FIXED)]
    other = [k for k, v in weights.items() if k not in base or base[k].shape != v.shape]
    if missing or other:
        raise ValueError(f"{whose} is of another network: see {(missing + other)[0]}")
    return base | weights


def keep(path: Path) -> None:
    """Give the file at `path`, where there is one, the second name `path`.before."""
    before = path.with_name(f"{path.name}.before")
    before.unlink(missing_ok=True)
    if path.exists():
        before.hardlink_to(path)
