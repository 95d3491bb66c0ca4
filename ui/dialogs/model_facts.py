"""What a model pack is, in words. No widgets."""

from PySide6.QtCore import QCoreApplication

from desktop.session.models import Speed
from inference.pack import Pack, takes
from ui.shared.roles import role_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelFacts", text)


def facts_of(pack: Pack, speed: str) -> str:
    """Return the facts, a line each."""
    manifest = pack.manifest
    size_mb = sum(entry.bytes for entry in manifest.files.values()) / 1e6
    lines = (
        _tr("{name} {version}").format(name=manifest.name, version=manifest.version),
        _tr("Licence: {licence}").format(licence=manifest.licence),
        _tr("Size: {size:.0f} MB").format(size=size_mb),
        _tr("Sound: {rate:g} kHz, {channels} channels").format(
            rate=manifest.audio.sample_rate_hz / 1000, channels=manifest.audio.channels
        ),
        _tr("Roles: {roles}").format(roles=", ".join(map(role_text, manifest.conditions.roles))),
        _tr("Can: {abilities}").format(abilities=", ".join(abilities(pack))),
        _tr("Speed here: {speed}").format(speed=speed or _tr("not measured yet")),
        _tr("Folder: {folder}").format(folder=pack.folder),
    )
    return "\n".join(lines)


def abilities(pack: Pack) -> list[str]:
    """Return what the pack understands."""
    manifest, offered = pack.manifest, takes(pack.manifest)
    encodes = manifest.graphs.encoder is not None
    can = {
        _tr("prompts"): "text" in offered,
        _tr("negative prompts"): "text" in offered and manifest.conditions.negative_prompt,
        _tr("notes"): "notes" in offered,
        _tr("beats"): "beat" in offered,
        _tr("guidance"): manifest.sampling.guidance != "none",
        _tr("hearing other tracks"): "context" in offered,
        _tr("repainting"): encodes and manifest.conditions.repaint,
        _tr("reworking sound"): encodes and manifest.conditions.initial_audio,
    }
    return [name for name, able in can.items() if able]


def speed_text(speed: Speed) -> str:
    """Return a measured speed with what it was measured on."""
    where = speed.device if speed.device != "cpu" else _tr("cpu, {n} threads")
    text = _tr("{times:.1f} x real time ({device})")
    device = where.format(n=speed.threads)
    return text.format(times=speed.times_real_time, device=device)
