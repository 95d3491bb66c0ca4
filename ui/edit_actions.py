"""Undo and redo, named after the steps that they take back and do again."""

from PySide6.QtCore import QCoreApplication

from desktop.session.session import Session
from ui.shared.actions import Actions
from ui.shared.steps import step_text
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
    undo_text, redo_text = _tr("Undo"), _tr("Redo")
    if undo is not None:
        undo_text = _tr("Undo {step}").format(step=step_text(undo))
    if redo is not None:
        redo_text = _tr("Redo {step}").format(step=step_text(redo))
    actions["edit.undo"].setText(undo_text)
    actions["edit.redo"].setText(redo_text)
    actions["edit.undo"].setEnabled(undo is not None)
    actions["edit.redo"].setEnabled(redo is not None)
