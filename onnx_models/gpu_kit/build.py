"""Builds the kit: all that training on a bare machine with PyTorch needs, in few small files."""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

import fluidsynth  # type: ignore[import-untyped]
import torch
from torch import Tensor

from onnx_models.composer import INSTRUMENTS, KITS
from onnx_models.gpu_kit.results import averaged, split, write_sums
from onnx_models.gpu_kit.soundfont import sf2_to_sf3
from onnx_models.networks.denoiser import Denoiser
from onnx_models.networks.latents import PCA_FILE, save_pca
from onnx_models.text_encoder.encode import GRAPH_FILE, TOKENIZER_FILE
from onnx_models.training.denoiser import FILE
from onnx_models.training.prompt import READER_FILE
from onnx_models.training.run import Place, save

ROOT: Final = Path(__file__).parents[2]
ARCHIVE: Final = "kit.tar.xz"
PARCEL_BYTES: Final = 60_000_000  # each is smaller
COMPRESSION: Final = 0.9  # of the samples, so that the default kit fits into one parcel
WHEELS: Final = ("msgspec", "pyfluidsynth")
EVERYWHERE: Final = re.compile(r"lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s|gomp)\.so")
PRESETS: Final = {(0, instrument.program) for instrument in INSTRUMENTS.values()} | {
    (128, program) for kit in KITS.values() for program in kit.programs
}


class Kit(NamedTuple):
    """What to build from, for which Python, and how small its samples are, 0..1 (see `vorbis`)."""

    place: Place  # to go on from
    soundfonts: tuple[Path, ...]
    python: str
    compression: float = COMPRESSION


def build(kit: Kit, out: Path) -> list[Path]:
    """Write the kit into the new folder `out`; return its files."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise ValueError(f"{out} is not empty; name a new folder")
    with tempfile.TemporaryDirectory() as scratch:
        fill(kit, Path(scratch))
        with tarfile.open(out / ARCHIVE, "w:xz") as archive:
            archive.add(scratch, ".")
    split(out / ARCHIVE, PARCEL_BYTES - 100_000)  # and room for the script
    shutil.copy(Path(__file__).with_name("run.sh"), out)
    write_sums(out)
    return sorted(out.iterdir())


def fill(kit: Kit, into: Path) -> None:
    """Write what the archive holds."""
    copy_code(into)
    copy_libraries(into / "lib")
    install_wheels(into / "site", kit.python)
    for font in kit.soundfonts:
        copy_soundfont(font, into / "soundfonts", kit.compression)
    copy_text_encoder(kit.place, into / "onnx_models" / "packs" / "mini")
    write_networks(kit.place, into / "training")


def copy_code(into: Path) -> None:
    """Copy the packages that training imports."""
    unwanted = shutil.ignore_patterns("__pycache__", "packs", "basic_pitch")
    for package in ("onnx_models", "inference"):
        shutil.copytree(ROOT / package, into / package, ignore=unwanted)


def copy_libraries(into: Path) -> None:
    """Copy FluidSynth's shared library and those it needs that PyTorch does not need too."""
    into.mkdir()
    loaded = Path("/proc/self/maps").read_text(encoding="utf-8")
    fluid = next(row.split()[-1] for row in loaded.splitlines() if "libfluidsynth.so" in row)
    shutil.copy(fluid, into / fluidsynth.lib)
    needed = subprocess.run(["ldd", fluid], check=True, capture_output=True, text=True).stdout
    for name, path in re.findall(r"(\S+) => (/\S+)", needed):
        if not EVERYWHERE.match(name):
            shutil.copy(path, into / Path(name).name)


def install_wheels(into: Path, python: str) -> None:
    """Install the packages that a machine with PyTorch lacks, as its Python `python` needs them."""
    pinned = [f"{name}=={version(name)}" for name in WHEELS]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    wanted = ["--only-binary=:all:", "--python-version", python, "--target", str(into)]
    subprocess.run([*pip, *wanted, *pinned], check=True)
    binding = into / "fluidsynth.py"  # it would look for the library where none is installed
    text, looks = binding.read_text(encoding="utf-8"), "\nlib = find_libfluidsynth()\n"
    if looks not in text:
        raise ValueError(f"pyfluidsynth {version('pyfluidsynth')} finds its library in a new way")
    binding.write_text(text.replace(looks, f'\nlib = "{fluidsynth.lib}"\n'), encoding="utf-8")


def copy_soundfont(font: Path, into: Path, compression: float) -> None:
    """Copy `font`, an .sf2 as a smaller .sf3 with what the composer plays."""
    into.mkdir(exist_ok=True)
    if font.suffix != ".sf2":
        shutil.copy(font, into)
        return
    small = sf2_to_sf3(font.read_bytes(), PRESETS, compression)
    (into / font.with_suffix(".sf3").name).write_bytes(small)


def copy_text_encoder(place: Place, into: Path) -> None:
    """Copy the text encoder that training reads by to where it looks for a pack's."""
    text = place.folder.parent / "text"
    source = text if place.pack is None or text.exists() else place.pack
    into.mkdir(parents=True)
    for name in (GRAPH_FILE, TOKENIZER_FILE):
        shutil.copy(source / name, into)


def write_networks(place: Place, into: Path) -> None:
    """Write the denoiser to go on from, and the reader and map that lie beside it."""
    into.mkdir()
    step, weights = averaged(place)
    denoiser = Denoiser()
    denoiser.load_state_dict(weights)
    save(dict(denoiser.prompt.named_buffers()), into / READER_FILE)
    save_pca(denoiser.control.timbre.pca, into / PCA_FILE)
    small = {name: rounded(weight) for name, weight in weights.items()}
    save({"step": step, "weights": small, "average": {}, "optimisers": []}, into / FILE)


def rounded(weights: Tensor) -> Tensor:
    """Return `weights` in half precision with 5 of 10 fraction bits, which XZ then halves."""
    if weights.ndim < 2:
        return weights.half()
    return ((weights.half().view(torch.int16) + 16) & -32).view(torch.float16)


def parcels(files: list[Path], into: Path) -> list[Path]:
    """Return tar files in `into` that hold `files`, each smaller than PARCEL_BYTES."""
    into.mkdir()
    small = [path for path in files if not path.suffix[1:].isdigit()]
    made: list[Path] = []
    for piece in (path for path in files if path not in small):
        made.append(into / f"parcel-{len(made) + 1}.tar")
        with tarfile.open(made[-1], "w") as tar:
            for path in (piece, *(small if len(made) == 1 else ())):
                tar.add(path, path.name)
    return made
