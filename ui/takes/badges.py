"""What a take measures, in words and figures."""

from PySide6.QtCore import QCoreApplication

from desktop.document.song import Take
from desktop.session.problems import problem_text
from ui.takes.model import measure

translate = QCoreApplication.translate


def gate_text(take: Take) -> str:
    """Return what the quality gate said, in words."""
    failures = "; ".join(map(problem_text, take.quality.failures))
    if failures or take.quality.measures:
        return failures or translate("Takes", "passed")
    return translate("Takes", "not measured")


def loudness_text(take: Take) -> str:
    """Return the loudness with its unit, nothing where it was not measured."""
    value = measure(take, "loudness_lufs")
    return "" if value is None else f"{value:.1f} LUFS"


def peak_text(take: Take) -> str:
    """Return the true peak with its unit, nothing where it was not measured."""
    value = measure(take, "true_peak_dbtp")
    return "" if value is None else f"{value:.1f} dBTP"
