"""The two themes: colours by role, never by name; the style sheet made of them."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette

ThemeName = Literal["dark", "light"]


@dataclass(frozen=True, slots=True)
class Colours:
    """A theme's colours, each `#rrggbb`, under the role that it plays."""

    window: str
    panel: str
    raised: str
    well: str
    line: str
    grid_bar: str
    grid_beat: str
    grid_sub: str
    text: str
    text_dim: str
    accent: str
    accent_text: str
    selection: str
    playhead: str
    record: str
    warn: str
    error: str
    good: str


# fmt: off
DARK: Final = Colours(
    window="#16181c", panel="#1d2026", raised="#272b33", well="#111317",
    line="#31363f", grid_bar="#3a404a", grid_beat="#2a2f37", grid_sub="#22262d",
    text="#e6e9ee", text_dim="#9aa3b0",
    accent="#5ab0ff", accent_text="#0b1520", selection="#5ab0ff",
    playhead="#ffffff", record="#ff5a5f", warn="#ffb454", error="#ff6b6b", good="#5ad19a",
)
LIGHT: Final = Colours(
    window="#e9ebef", panel="#f4f5f7", raised="#ffffff", well="#dfe2e7",
    line="#c9ced6", grid_bar="#b9bfc9", grid_beat="#d3d7de", grid_sub="#e1e4e9",
    text="#1b1f26", text_dim="#565f6d",
    accent="#115aab", accent_text="#ffffff", selection="#115aab",
    playhead="#111417", record="#b81c22", warn="#834c00", error="#b3261e", good="#11633d",
)
# fmt: on
TEXT_PX: Final = 13
LABEL_PX: Final = 11
THEMES: Final[dict[ThemeName, Colours]] = {"dark": DARK, "light": LIGHT}


class Look(QObject):
    """The theme in use and how large its text is; panels repaint when `changed`."""

    changed = Signal()

    def __init__(
        self, name: ThemeName = "dark", parent: QObject | None = None, text_percent: int = 100
    ) -> None:
        super().__init__(parent)
        self.name: ThemeName = name
        self.text_percent = text_percent

    @property
    def colours(self) -> Colours:
        """Return the theme's colours by role."""
        return THEMES[self.name]

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return the colour of `role`, a field of Colours, `alpha` opaque."""
        colour = QColor(getattr(self.colours, role))
        colour.setAlphaF(alpha)
        return colour

    @property
    def label_px(self) -> int:
        """Return the height of the font of labels that are drawn, as those of a ruler."""
        return round(LABEL_PX * self.text_percent / 100)

    def use(self, name: ThemeName) -> None:
        """Change the theme."""
        if name != self.name:
            self.name = name
            self.changed.emit()

    def use_text(self, percent: int) -> None:
        """Show text at `percent` of its usual size."""
        if percent != self.text_percent:
            self.text_percent = percent
            self.changed.emit()


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0..1 (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1..21 (WCAG 2.2); text needs 4.5."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palette(colours: Colours) -> QPalette:
    """Return Qt's palette of the theme."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: colours.panel,
        roles.WindowText: colours.text,
        roles.Base: colours.well,
        roles.AlternateBase: colours.panel,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.text_dim,
        roles.Button: colours.raised,
        roles.ButtonText: colours.text,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.accent_text,
        roles.ToolTipBase: colours.raised,
        roles.ToolTipText: colours.text,
        roles.Link: colours.accent,
        roles.Mid: colours.line,
        roles.Dark: colours.line,
        roles.Light: colours.raised,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.text_dim))
    return made


STYLE: Final = """
* {{ font-size: {text_px}px; outline: none; }}
QMainWindow, QDialog {{ background: {window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QPushButton, QToolButton, QComboBox {{
    background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 4px;
    min-height: 22px; padding: 0 8px; }}
QToolButton {{ padding: 0 4px; min-width: 22px; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url("{folder}/arrow.svg"); width: 10px; height: 6px; }}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {text_dim}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus,
QPlainTextEdit:focus, QAbstractItemView:focus {{ border: 1px solid {accent}; }}
QPushButton:checked, QToolButton:checked, QPushButton:default {{
    background: {accent}; color: {accent_text}; border-color: {accent}; }}
QToolButton[primary="true"] {{ background: {accent}; color: {accent_text};
    border-color: {accent}; font-weight: 600; }}
QToolButton[primary="true"]:hover, QToolButton[primary="true"]:focus {{ border-color: {text}; }}
QPushButton:disabled, QToolButton:disabled, QToolButton[primary="true"]:disabled {{
    color: {text_dim}; background: {panel}; border-color: {line}; }}
QLineEdit, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView {{
    background: {well}; color: {text}; border: 1px solid {line}; border-radius: 4px;
    selection-background-color: {accent}; selection-color: {accent_text}; }}
QLineEdit, QAbstractSpinBox {{ min-height: 22px; padding: 0 6px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {text_dim}; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; background: {well};
    border: 1px solid {text_dim}; border-radius: 4px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent};
    image: url("{folder}/{check}.svg"); }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {text}; }}
QSplitter::handle {{ background: {window}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QScrollBar {{ background: {panel}; border: none; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {grid_bar}; border-radius: 4px; min-width: 24px;
    min-height: 24px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {text_dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QMenuBar, QMenu {{ background: {panel}; color: {text}; }}
QMenu {{ border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 4px 24px; border-radius: 4px; }}
QMenu::item:selected, QMenuBar::item:selected {{ background: {accent}; color: {accent_text}; }}
QMenu::item:disabled {{ color: {text_dim}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QStatusBar {{ background: {panel}; color: {text_dim}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QToolButton {{ background: transparent; border: none; min-height: 20px; }}
QStatusBar QToolButton:checked {{ background: {raised}; }}
QStatusBar QToolButton:hover, QStatusBar QToolButton:focus {{ border: 1px solid {text_dim}; }}
QStatusBar QLabel {{ color: {text_dim}; padding: 0 8px; }}
QHeaderView {{ background: {panel}; border: none; }}
QHeaderView::section {{
    background: {panel}; color: {text_dim}; border: none; padding: 4px 8px; }}
QTableView::item {{ padding: 0 5px; }}
QTabBar::tab {{ background: {panel}; color: {text_dim}; padding: 4px 12px; border: none; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabWidget::pane {{ border: none; }}
QListWidget::item, QTreeWidget::item {{ padding: 4px; }}
QFrame[overlay="true"] {{ background: {panel}; border: 1px solid {text_dim}; border-radius: 4px; }}
*[dim="true"] {{ color: {text_dim}; font-size: {label_px}px; }}
*[heading="true"] {{ color: {text}; font-weight: 600; }}
"""


def style_sheet(colours: Colours, text_percent: int = 100) -> str:
    """Return Qt's style sheet of the theme."""
    return STYLE.format(
        folder=Path(__file__).parent.as_posix(),
        check="check_light" if luminance(colours.accent_text) > 0.5 else "check_dark",
        text_px=round(TEXT_PX * text_percent / 100),
        label_px=round(LABEL_PX * text_percent / 100),
        **asdict(colours),
    )
