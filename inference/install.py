"""Packs come and go as a whole: from a folder or an archive, checked before they are seen."""

import bz2
import gzip
import hashlib
import lzma
import shutil
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, TypeAlias

from inference.errors import PackError
from inference.pack import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    Manifest,
    Pack,
    hash_file,
    is_inside,
    load_pack,
    parse_manifest,
)

Opener: TypeAlias = Callable[[str], IO[bytes]]  # a pack's file by its name
BLOCK_BYTES: Final = 2**20
OLDER: Final = ".older"  # the folder of superseded packs: id, digest of the manifest, id
PART: Final = ".part"  # ends the name of a folder in which a pack is put together
LEFT_BEHIND_S: Final = 24 * 3600  # nothing takes that long to install
MAX_READ_BYTES: Final = 8 * BLOCK_BYTES  # more at once is no header of a tar, but an attack
MAX_GROWTH: Final = 100  # times its size that an archive may have within; weights hardly shrink
OPENERS: Final[tuple[tuple[bytes, Callable[..., Any]], ...]] = (  # by a file's first bytes
    *((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open)),
    (b"", open),
)
READ_ERRORS: Final = (
    *(OSError, KeyError, EOFError, RuntimeError, NotImplementedError, ValueError),
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
)


def install(source: Path, into: Path) -> Pack:
    """Return the pack in `source`, a folder, .zip or .tar(.gz, .xz, .bz2), installed in `into`.

    Only files that the manifest names are written, each with its size and hash. A pack of the same
    id is superseded: of its other versions one each is kept. Raises PackError, and then leaves
    `into` as it was.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
        sweep(into)
        with opened(source) as open_file, tempfile.TemporaryDirectory(PART, dir=into) as part:
            pack = copy_pack(open_file, Path(part), source)
            # not loaded again: another installation may have taken its place already
            return replace(pack, folder=put_in_place(pack, into, Path(part)))
    except READ_ERRORS as error:
        reason = str(error) or type(error).__name__
        ours = isinstance(error, OSError) and error.errno  # a damaged archive has none
        advice = "see to it that you may write there, and have room" if ours else "get it again"
        raise PackError(f"{source} cannot be installed ({reason}); {advice}") from error


def sweep(folder: Path) -> None:
    """Delete what installations that were killed left in `folder` a day ago or before."""
    for part in folder.glob(f"tmp*{PART}"):
        old = part.stat().st_mtime < time.time() - LEFT_BEHIND_S
        if old and part.is_dir() and not part.is_symlink():
            shutil.rmtree(part, ignore_errors=True)


def superseded(pack_id: str, folder: Path) -> tuple[str, ...]:
    """Return the versions of pack `pack_id` that `restore` can bring back, the newest last."""
    return tuple(manifest.version for _, manifest in kept_versions(pack_id, folder))


def restore(pack_id: str, version: str, folder: Path) -> Pack:
    """Return pack `pack_id`, again in its superseded `version`; the present one is kept too.

    Raises PackError when there is no such version.
    """
    for kept, manifest in kept_versions(pack_id, folder):
        if manifest.version == version:
            pack = install(kept, folder)
            shutil.rmtree(kept.parent)
            return pack
    raise PackError(f"no version {version!r} of pack {pack_id!r} is kept; install it again")


def kept_versions(pack_id: str, folder: Path) -> Iterator[tuple[Path, Manifest]]:
    """Yield the folders of superseded versions with their manifests, the newest last.

    One whose manifest cannot be read is passed over: there is no way back to it.
    """
    kept = (folder / OLDER / pack_id).glob(f"*/{pack_id}/{MANIFEST}")
    for path in sorted(kept, key=lambda path: path.parent.stat().st_mtime):
        with suppress(PackError, OSError):
            yield path.parent, parse_manifest(path.read_bytes(), path)


def remove(pack_id: str, folder: Path) -> None:
    """Delete pack `pack_id` and its older versions; raises PackError when it is not there."""
    path = folder / pack_id
    if not is_inside(pack_id) or "/" in pack_id or not (path / MANIFEST).is_file():
        raise PackError(f"there is no pack {pack_id!r} in {folder}; list the packs")
    if path.is_symlink():
        raise PackError(f"{path} is a link; remove it by hand")
    with tempfile.TemporaryDirectory(PART, dir=folder) as part:
        path.rename(Path(part) / pack_id)
        if (folder / OLDER / pack_id).is_dir():
            (folder / OLDER / pack_id).rename(Path(part) / OLDER)


@contextmanager
def opened(source: Path) -> Iterator[Opener]:
    """Yield what opens the files of the pack in `source` by their names in the manifest."""
    if source.is_dir():
        top_folder((entry.name for entry in source.iterdir()), source)
        yield lambda name: open_plain(source / name)
    elif not source.is_file():
        raise PackError(f"{source} is neither a folder nor a file; name the pack's")
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            top = top_folder(archive.namelist(), source)
            yield lambda name: archive.open(top + name)
    else:
        with opened_tar(source) as archive_:
            top = top_folder(archive_.getnames(), source)
            yield lambda name: member(archive_, top + name)


@contextmanager
def opened_tar(source: Path) -> Iterator[tarfile.TarFile]:
    """Yield the tar archive in `source`, compressed or not, its reading kept within bounds."""
    with source.open("rb") as file:
        begin = file.read(8)
    unpack = next(unpack for sign, unpack in OPENERS if begin.startswith(sign))
    with closing(unpack(source, "rb")) as content:
        bounded: Any = Bounded(content, source)
        try:
            archive = tarfile.open(source, "r:", bounded)  # noqa: SIM115
        except tarfile.ReadError as error:
            words = f"{source} is neither a folder nor an archive; name the pack's"
            raise PackError(words) from error
        with archive:
            yield archive


class Bounded:
    """The content of an archive, which must neither fill the memory nor go on for hours."""

    def __init__(self, content: Any, source: Path) -> None:
        self._content, self._source = content, source
        self._limit = MAX_GROWTH * (source.stat().st_size + BLOCK_BYTES)

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, or fewer at the end."""
        if not 0 <= size <= MAX_READ_BYTES:
            raise PackError(f"{self._source} is damaged: it has a header of {size} bytes")
        data: bytes = self._content.read(size)
        return data

    def seek(self, offset: int) -> int:
        """Go to byte `offset`."""
        if offset > self._limit:
            raise PackError(
                f"{self._source} grows to {offset} bytes and more, which no pack does; "
                "get it elsewhere"
            )
        position: int = self._content.seek(offset)
        return position

    def tell(self) -> int:
        """Return where the next byte is read."""
        position: int = self._content.tell()
        return position


def open_plain(path: Path) -> IO[bytes]:
    """Return the file at `path`, opened; no pipe or device, which could be waited for forever."""
    if path.exists() and not path.is_file():
        raise PackError(f"{path} is not a plain file; get the pack again")
    return path.open("rb")


def member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """Return the regular file `name` of a tar archive, opened."""
    info = archive.getmember(name)
    file = archive.extractfile(info) if info.isreg() else None
    if file is None:
        raise PackError(f"{name} is not a plain file in {archive.name!r}; get the pack again")
    return file


def top_folder(names: Iterable[str], source: Path) -> str:
    """Return what stands before the files' names in an archive: nothing, or one folder."""
    for name in names:
        path = PurePosixPath(name)
        if path.name == MANIFEST and len(path.parts) <= 2:
            return name.removesuffix(MANIFEST)
    raise PackError(f"{source} holds no {MANIFEST}; it is not a pack")


def copy_pack(open_file: Opener, into: Path, source: Path) -> Pack:
    """Return the pack copied to a folder in `into`, with nothing but what its manifest names."""
    with open_file(MANIFEST) as file:
        data = file.read(MAX_MANIFEST_BYTES + 1)
    if len(data) > MAX_MANIFEST_BYTES:
        raise PackError(f"{MANIFEST} in {source} is larger than 4 MiB; a manifest is not")
    manifest = parse_manifest(data, source / MANIFEST)
    check_room(sum(entry.bytes for entry in manifest.files.values()), into)
    folder = into / manifest.id
    folder.mkdir()
    (folder / MANIFEST).write_bytes(data)
    for name, entry in manifest.files.items():
        if not is_inside(name) or name == MANIFEST:
            raise PackError(f"{source}: {name!r} leaves the pack; do not use it")
        with open_file(name) as file:
            if copy_file(file, folder / name, entry.bytes) != entry.sha256:
                raise PackError(f"{name} in {source} is damaged; get the pack again")
    return load_pack(folder)


def check_room(needed: int, folder: Path) -> None:
    """Raise PackError when `needed` bytes are more than the disk has left."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise PackError(f"the pack needs {needed} bytes, {folder} has {free}; free some space")


def copy_file(file: IO[bytes], path: Path, limit: int) -> str:
    """Return the SHA-256 of what was copied, at most `limit` bytes and one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), limit + 1
    with path.open("xb") as target:
        while left and (block := file.read(min(BLOCK_BYTES, left))):
            target.write(block)
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def put_in_place(pack: Pack, into: Path, aside: Path) -> Path:
    """Return the folder of `pack` moved into `into`; one of the same name is kept, or goes aside.

    It goes where it is no pack, or the very same one.
    """
    target = into / pack.folder.name
    manifest = target / MANIFEST
    if target.exists() or target.is_symlink():
        is_other = manifest.is_file() and hash_file(manifest) != pack.sha256
        if is_other and not target.is_symlink():
            keep_older(target, into)
        else:
            target.rename(aside / "old")
    return pack.folder.rename(target)


def keep_older(folder: Path, into: Path) -> None:
    """Move the pack in `folder` to the superseded ones, under the hash of its manifest."""
    kept = into / OLDER / folder.name / hash_file(folder / MANIFEST)
    if kept.exists():
        shutil.rmtree(kept)
    kept.mkdir(parents=True)
    folder.rename(kept / folder.name)
