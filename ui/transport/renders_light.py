"""How many renderings there are, and how far the present one is; a click shows the queue."""

from PySide6.QtWidgets import QWidget

from ui.shared.controls import Button
from ui.shared.studio import Studio

QUEUE = "view.queue"


class RendersLight(Button):
    """Is there only while something is rendered or waits."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._rendering = studio.actions, studio.rendering
        self.setAccessibleName(self.tr("Renderings"))
        self.clicked.connect(lambda _checked=False: self._show_queue())
        for signal in (self._rendering.changed, self._rendering.progressed):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        live = self._rendering.live
        shares = (entry.progress.share for entry in live if entry.progress is not None)
        percent = 100 * next(shares, 0.0)
        text = self.tr("{percent:.0f} % ({n})")  # all that a window of 1280 px has room for
        self.setText(text.format(percent=percent, n=len(live)))
        tip = self.tr(
            "Renderings to go: {n}, the present one at {percent:.0f} %; a click shows the queue"
        )
        self.setToolTip(tip.format(percent=percent, n=len(live)))
        self.setVisible(bool(live))

    def _show_queue(self) -> None:
        if not self._actions[QUEUE].isChecked():
            self._actions[QUEUE].trigger()
