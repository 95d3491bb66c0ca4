"""The composer: multi-track pieces with known labels, the same for the same seed."""

from onnx_models.composer.compose import compose
from onnx_models.composer.instruments import INSTRUMENTS, KITS, Instrument, Kit
from onnx_models.composer.piece import ROLES, Part, Piece, PlayedNote, Role, SpanChord
from onnx_models.composer.styles import STYLES, Style

__all__ = [
    "INSTRUMENTS",
    "KITS",
    "ROLES",
    "STYLES",
    "Instrument",
    "Kit",
    "Part",
    "Piece",
    "PlayedNote",
    "Role",
    "SpanChord",
    "Style",
    "compose",
]
