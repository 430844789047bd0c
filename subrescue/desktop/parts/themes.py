"""Day, dusk and red night: named colours of the window, and the style sheet and palette that are made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from subrescue.datafiles import data_dir
from subrescue.desktop.map.palette import DAY as MAP_DAY
from subrescue.desktop.map.palette import DUSK as MAP_DUSK
from subrescue.desktop.map.palette import NIGHT as MAP_NIGHT
from subrescue.desktop.map.palette import MapPalette
from subrescue.domain.response import Verdict

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette


@dataclass(frozen=True)
class Theme:
    """Named colours as #rrggbb. The colours of verdicts, legs and banner are those of the map."""

    id: str
    title: str
    map: MapPalette
    window: str
    field: str
    field_line: str
    row_alternate: str
    text: str
    quiet: str
    line: str
    heading: str
    accent: str
    accent_text: str
    selection: str
    selection_text: str
    warning_fill: str
    warning_text: str
    error_fill: str
    error_text: str
    changed: str
    exercise: str
    exercise_text: str
    real: str
    real_text: str
    survival: str
    survival_line: str
    phase_wait: str
    phase_road: str
    phase_air: str
    phase_sea: str
    phase_port: str
    phase_work: str
    phase_cycles: str
    bar_dark: str
    bar_light: str

    def verdict(self, verdict: Verdict) -> str:
        """Colour of a verdict; its shape and word stand beside it."""
        return {
            Verdict.GREEN: self.map.green,
            Verdict.AMBER: self.map.amber,
            Verdict.RED: self.map.red,
            Verdict.UNKNOWN: self.map.unknown,
        }[verdict]


DAY = Theme(
    id="day", title="Day", map=MAP_DAY,
    window="#eceff1", field="#ffffff", field_line="#b9c2c9", row_alternate="#f6f8f9",
    text="#1b242b", quiet="#55626d", line="#cdd4d9", heading="#e2e7ea",
    accent="#1d5d8c", accent_text="#ffffff", selection="#cfe2f1", selection_text="#10202c",
    warning_fill="#fff1cf", warning_text="#6b4300", error_fill="#fbe3e0", error_text="#8f1d16", changed="#8a4b00",
    exercise="#7a4b00", exercise_text="#ffffff", real="#a3120b", real_text="#ffffff",
    survival="#f3c9d6", survival_line="#b3004b",
    phase_wait="#b7c0c7", phase_road="#8a4b12", phase_air="#6a50c8", phase_sea="#1f5c94",
    phase_port="#d9a441", phase_work="#2f8f5b", phase_cycles="#8cc7a1",
    bar_dark="#10181e", bar_light="#ffffff",
)  # fmt: skip
DUSK = Theme(
    id="dusk", title="Dusk", map=MAP_DUSK,
    window="#1b2228", field="#12181d", field_line="#414e58", row_alternate="#161d23",
    text="#e1e7ec", quiet="#9fadb8", line="#333e47", heading="#242d35",
    accent="#5fa8dc", accent_text="#0c151c", selection="#1a344a", selection_text="#f2f7fb",
    warning_fill="#46360f", warning_text="#ffdf9c", error_fill="#4d1f1c", error_text="#ffb9b2", changed="#ffb454",
    exercise="#7a4b00", exercise_text="#ffffff", real="#b3160e", real_text="#ffffff",
    survival="#4a2336", survival_line="#ff6aa2",
    phase_wait="#56626c", phase_road="#9a6a38", phase_air="#7a68cf", phase_sea="#3a74ae",
    phase_port="#b98632", phase_work="#3f9e6c", phase_cycles="#2f6b4c",
    bar_dark="#0a1014", bar_light="#f3f6f8",
)  # fmt: skip
NIGHT = Theme(
    id="night", title="Red night", map=MAP_NIGHT,
    window="#120303", field="#0b0101", field_line="#5a1a1a", row_alternate="#140404",
    text="#f0604f", quiet="#b4443a", line="#3a0f0f", heading="#1e0606",
    accent="#c0392f", accent_text="#120303", selection="#380b0b", selection_text="#ff8a7a",
    warning_fill="#2e0909", warning_text="#ff7a66", error_fill="#3f0909", error_text="#ff8a7a", changed="#ff8a66",
    exercise="#4a0c0c", exercise_text="#ff8a7a", real="#7a0d0d", real_text="#ffb0a0",
    survival="#300a0a", survival_line="#ff6a5a",
    phase_wait="#4a1616", phase_road="#6a2416", phase_air="#8f2c28", phase_sea="#7d1f1a",
    phase_port="#7a2a18", phase_work="#a3362c", phase_cycles="#5f1f1a",
    bar_dark="#0b0101", bar_light="#ffb0a0",
)  # fmt: skip
THEMES: dict[str, Theme] = {theme.id: theme for theme in (DAY, DUSK, NIGHT)}


def qt_palette(theme: Theme) -> QPalette:
    """The colours for what a style sheet does not reach: native parts, placeholder texts, links, disabled text."""
    from PySide6.QtGui import QColor, QPalette

    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.row_alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Button: theme.heading,
        role.ButtonText: theme.text,
        role.BrightText: theme.error_text,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.selection_text,
        role.ToolTipBase: theme.field,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.line,
        role.Midlight: theme.line,
        role.Mid: theme.field_line,
        role.Dark: theme.field_line,
        role.Shadow: theme.field_line,
        role.Accent: theme.accent,
    }.items():
        palette.setColor(which, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, which, QColor(theme.field_line if theme.id == "day" else theme.quiet))
    return palette


def dress(theme: Theme) -> None:
    """Show all windows in a theme. A sheet that they wear already is not put on again: that takes half a second."""
    from PySide6.QtWidgets import QApplication

    from subrescue.desktop.parts.letters import FONT_POINTS

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(qt_palette(theme))
    points = app.font().pointSizeF()
    sheet = f"{style_sheet(theme, points / FONT_POINTS)}/* letters of {points:g} points */"  # which a sheet takes once
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def style_sheet(theme: Theme, letters: float = 1.0) -> str:
    """The style sheet of every window, menu and tooltip.

    What is ticked or pulled grows with large letters, `letters` times the usual: a small box beside them is missed.
    """
    share = max(letters, 1.0)
    sizes = {f"px{pixels}": f"{round(pixels * share)}px" for pixels in (4, 5, 6, 7, 8, 11, 12, 14, 16, 18)}
    knob = round(12 * share)
    sizes |= {"knob": f"{knob}px", "knob_half": f"{knob // 2}px", "knob_round": f"{knob // 2 + 2}px"}
    sizes["knob_high"] = f"{2 * (knob // 2) + 4}px"
    colours = {name: getattr(theme, name) for name in theme.__dataclass_fields__ if name != "map"}
    tick = data_dir("resources") / "looks" / f"tick_{theme.id}.svg"  # in the theme's colour upon the accent
    return _SHEET.format(**colours, **sizes, tick=tick.as_posix())


_SHEET = """
* {{ outline: 0; }}
QWidget {{ color: {text}; background: {window}; selection-background-color: {selection};
  selection-color: {selection_text}; }}
QToolTip {{ color: {text}; background: {field}; border: 1px solid {field_line}; padding: 3px; }}
QMenuBar {{ background: {window}; border-bottom: 1px solid {line}; padding: 0 4px; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {selection}; color: {selection_text}; }}
QMenu {{ background: {field}; border: 1px solid {field_line}; padding: 3px 0; }}
QMenu::item {{ padding: 4px 26px 4px 22px; background: transparent; }}
QMenu::item:disabled {{ color: {quiet}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 3px 0; }}
QMenu::indicator {{ width: {px12}; height: {px12}; left: 5px; border: 1px solid transparent; }}
QMenu::indicator:exclusive:checked {{ background: {accent}; border-radius: {px7}; }}
QMenu::indicator:non-exclusive {{ border: 1px solid {quiet}; border-radius: 2px; background: {field}; }}
QMenu::indicator:non-exclusive:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QToolBar {{ background: {window}; border: 0; border-bottom: 1px solid {line}; spacing: 1px; padding: 0; }}
QToolBar::separator {{ background: {line}; width: 1px; margin: 6px 1px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 3px; padding: 3px 4px; }}
QToolButton[popupMode="2"] {{ padding-right: {px16}; }}
QToolButton::menu-indicator {{ subcontrol-origin: padding; subcontrol-position: center right; right: 3px; }}
QToolButton:hover {{ background: {selection}; color: {selection_text}; }}
QToolButton:checked {{ background: {selection}; color: {selection_text}; border-bottom: 2px solid {accent}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {field_line}; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QMainWindow::separator {{ background: {line}; width: 4px; height: 4px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QDockWidget {{ titlebar-close-icon: none; titlebar-normal-icon: none; font-weight: 600; }}
QDockWidget::title {{ background: {heading}; padding: 4px 8px; border-bottom: 1px solid {line}; }}
QTabBar::tab {{ background: {window}; color: {quiet}; border: 1px solid transparent; border-top-width: 2px;
  padding: 4px 11px 3px; }}
QTabBar::tab:selected {{ background: {heading}; color: {text}; border-top-color: {accent}; }}
QTabBar::tab:selected:focus {{ background: {selection}; color: {selection_text}; border-color: {accent}; }}
QTabBar {{ background: {window}; }}
QScrollArea {{ border: 0; }}
QHeaderView {{ background: {heading}; }}
QHeaderView::section {{ background: {heading}; color: {quiet}; border: 0; border-right: 1px solid {line};
  border-bottom: 1px solid {line}; padding: 3px 5px; }}
QTableView, QTreeView, QTextBrowser, QListView, QPlainTextEdit {{ background: {field};
  alternate-background-color: {row_alternate}; border: 1px solid {field}; gridline-color: {line};
  placeholder-text-color: {quiet}; }}
QTableView::item {{ padding: 1px 4px; }}
QTreeView::item {{ padding: 2px 4px; }}
QTableView::item:selected, QTreeView::item:selected {{ background: {selection}; color: {selection_text}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ background: {field}; border: 1px solid {field_line}; border-radius: 2px;
  padding: 1px 4px; min-height: {px18}; placeholder-text-color: {quiet}; }}
QLineEdit:hover, QComboBox:hover {{ border-color: {quiet}; }}
QLineEdit:focus, QComboBox:focus, QTableView:focus, QTreeView:focus, QListView:focus, QTextEdit:focus,
QPlainTextEdit:focus {{
  border: 1px solid {accent}; }}
QLineEdit[unknown="true"], QComboBox[unknown="true"] {{ background: {row_alternate}; color: {quiet};
  border-style: dashed; }}
QLineEdit[unknown="true"]:focus, QComboBox[unknown="true"]:focus {{ border-style: solid;
  color: {text}; }}
QLineEdit[refused="true"] {{ background: {error_fill}; color: {text}; border: 1px solid {error_text}; }}
QComboBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {px14}; }}
QComboBox::down-arrow {{ image: none; border-left: {px4} solid {field}; border-right: {px4} solid {field};
  border-top: {px5} solid {quiet}; width: 0; height: 0; margin-right: 4px; }}
QComboBox QAbstractItemView, QListView#completions {{ background: {field}; border: 1px solid {field_line};
  selection-background-color: {selection}; selection-color: {selection_text}; }}
QPushButton {{ background: {heading}; border: 1px solid {field_line}; border-radius: 3px; padding: 3px 10px; }}
QPushButton:hover {{ background: {selection}; color: {selection_text}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {quiet}; }}
QPushButton[role="reading"] {{ text-align: left; padding: 3px 6px; }}
QCheckBox::indicator, QTreeView::indicator, QListView::indicator {{ width: {px12}; height: {px12};
  border: 1px solid {quiet}; border-radius: 2px;
  background: {field}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {{ background: {accent};
  border-color: {accent}; image: url("{tick}"); }}
QTreeView::indicator:indeterminate {{ background: {field}; border: 3px double {accent}; width: {px8}; height: {px8}; }}
QProgressBar {{ qproperty-textVisible: false; background: {field}; border: 1px solid {field_line}; border-radius: 2px;
  max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; }}
QRadioButton::indicator {{ width: {px11}; height: {px11}; border: 1px solid {quiet}; border-radius: {px6};
  background: {field}; }}
QRadioButton::indicator:checked {{ background: {accent}; border: 3px solid {field}; width: {px7}; height: {px7};
  border-radius: {px6}; }}
QRadioButton:checked {{ font-weight: 600; }}
QRadioButton, QCheckBox {{ border: 1px solid transparent; border-radius: 2px; }}
QRadioButton:focus, QCheckBox:focus {{ border-color: {accent}; }}
QSlider:horizontal {{ min-height: {knob_high}; }}
QSlider::groove:horizontal {{ background: {field_line}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {accent}; border: 2px solid {window}; width: {knob};
  margin: -{knob_half} 0; border-radius: {knob_round}; }}
QSlider::handle:horizontal:focus {{ border-color: {text}; }}
QSplitter::handle {{ background: {line}; }}
QScrollBar:vertical {{ background: {window}; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: {window}; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {field_line}; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLabel {{ background: transparent; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QLabel[role="section"] {{ color: {accent}; font-weight: 600; border-bottom: 1px solid {line}; padding: 7px 0 2px 0; }}
QLabel[role="problem"] {{ color: {error_text}; background: {error_fill}; padding: 2px 4px; border-radius: 2px; }}
QLabel[role="doubt"] {{ color: {warning_text}; background: {warning_fill}; padding: 2px 4px; border-radius: 2px; }}
QScrollArea#headline {{ background: {field}; border: 1px solid {field}; border-bottom-color: {line}; }}
QScrollArea#headline:focus {{ border-color: {accent}; }}
QScrollArea#headline QWidget {{ background: {field}; }}
QFrame#guide {{ background: {field}; border: none; border-bottom: 2px solid {accent}; }}
QFrame#guide QLabel, QFrame#guide QWidget[role="plain"] {{ background: transparent; }}
QFrame#message {{ background: {error_fill}; border-bottom: 1px solid {error_text}; }}
QFrame#message QLabel {{ color: {error_text}; }}
QFrame#message[weight="note"] {{ background: {warning_fill}; border-bottom-color: {warning_text}; }}
QFrame#message[weight="note"] QLabel {{ color: {warning_text}; }}
QWidget#banner {{ background: {window}; }}
QLabel#kind {{ font-weight: 700; padding: 4px 6px; }}
QLabel#kind[real="false"] {{ background: {exercise}; color: {exercise_text}; }}
QLabel#kind[real="true"] {{ background: {real}; color: {real_text}; }}
QLabel#case_title {{ font-weight: 600; }}
QLabel#survival {{ font-weight: 600; color: {survival_line}; }}
QDialog {{ background: {window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
"""
