"""Icons keep their colour under the pointer."""

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui.shared.icons import SIZE, icon
from ui.shared.theme import THEMES, Look, ThemeName


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", [QIcon.State.Off, QIcon.State.On])
def test_an_icon_looks_under_the_pointer_as_it_does_elsewhere(
    qapp: QApplication, theme: ThemeName, state: QIcon.State
) -> None:
    assert qapp
    made = icon(Look(theme), "play")
    normal, active = (
        made.pixmap(SIZE, mode, state).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Active)
    )
    assert active == normal
