"""Where a rendering comes from: enough to make it again and to know when it cannot be."""

from importlib.metadata import version
from typing import Any

import msgspec
import onnxruntime as ort  # type: ignore[import-untyped]

from inference.pack import Pack
from inference.request import Note, RenderRequest, request_to_plain
from inference.sessions import Device


class Recipe(msgspec.Struct, frozen=True):
    """The request as JSON values and all else that the audio depends on.

    `rendered_together` counts the canvases of one shape that shared the denoiser's runs, of which
    this was number `together_index`; it is 1 where each row ran alone. `thrift` says how often
    tiles were made smaller. `chain` holds the digests of the requests on one canvas, of which this
    is number `chain_index`; `ignored` names what the pack cannot do. `improvised_notes` and
    `improvised_drums` are what the pack made up for a request without a sketch, or beside its line.
    """

    request: dict[str, Any]
    pack_id: str
    pack_version: str
    pack_sha256: str
    provider: str
    threads: int
    program_version: str
    onnxruntime_version: str
    seed: int
    steps: int
    rendered_together: int = 1
    together_index: int = 0
    thrift: int = 0
    chain: tuple[str, ...] = ()
    chain_index: int = 0
    ignored: tuple[str, ...] = ()
    improvised_notes: tuple[Note, ...] = ()
    improvised_drums: tuple[Note, ...] = ()


def make_recipe(
    request: RenderRequest, pack: Pack, device: Device, steps: int, **place: Any
) -> Recipe:
    """Return the recipe of `request`; `place` says with what else it was rendered."""
    return Recipe(
        request=request_to_plain(request),
        pack_id=pack.id,
        pack_version=pack.manifest.version,
        pack_sha256=pack.sha256,
        provider=device.provider,
        threads=device.threads,
        program_version=version("partimento"),
        onnxruntime_version=ort.__version__,
        seed=request.seed,
        steps=steps,
        **place,
    )
