"""Undo and redo, named after the steps that they take back and do again."""

from PySide6.QtCore import QCoreApplication

from desktop.session.session import Session
from ui.shared.actions import Actions
from ui.shared.studio import Studio


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditActions", text)


def register_edit_actions(studio: Studio) -> None:
    """Register undo and redo."""
    session, actions = studio.session, studio.actions
    actions.add("edit.undo", "edit", _tr("Undo"), session.undo, "Ctrl+Z")
    actions.add("edit.redo", "edit", _tr("Redo"), session.redo, "Ctrl+Shift+Z", "Ctrl+Y")
    session.history_changed.connect(lambda: _name_steps(actions, session))
    _name_steps(actions, session)


def _name_steps(actions: Actions, session: Session) -> None:
    undo, redo = session.history.undo_name, session.history.redo_name
    actions["edit.undo"].setText(f"{_tr('Undo')}: {undo}" if undo else _tr("Undo"))
    actions["edit.redo"].setText(f"{_tr('Redo')}: {redo}" if redo else _tr("Redo"))
    actions["edit.undo"].setEnabled(undo is not None)
    actions["edit.redo"].setEnabled(redo is not None)
