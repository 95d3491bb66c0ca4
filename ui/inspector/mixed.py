"""One control for the values of several regions, which may differ."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox

from desktop.document.edits import change_regions
from desktop.document.song import Region
from desktop.session.session import Edit
from ui.shared.controls import NumberField
from ui.shared.controls_number import Number


def mixed_text() -> str:
    """Return what stands where the values differ."""
    return QCoreApplication.translate("Mixed", "different")


def show_numbers(field: NumberField, number: Number, values: Iterable[float | None]) -> None:
    """Show the one of `values` in a field made for `number`, or that there are several."""
    several = set(values)
    if len(several) == 1:
        field.number = number
        field.set_value(several.pop())
    else:
        field.number = replace(number, none_text=mixed_text())
        field.set_value(None)


def show_checks(box: QCheckBox, values: Iterable[bool]) -> None:
    """Show whether all of `values` are true, or some."""
    several = set(values)
    with QSignalBlocker(box):
        if len(several) == 2:
            box.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            box.setTristate(False)
            box.setChecked(True in several)


def same(values: Iterable[str]) -> str | None:
    """Return the one of `values`, None where they differ."""
    several = set(values)
    return several.pop() if len(several) == 1 else None


def on_all(region_ids: Iterable[int], change: Callable[[Region], Region]) -> Edit:
    """Return the edit that changes each of the regions."""
    return partial(change_regions, region_ids=frozenset(region_ids), change=change)
