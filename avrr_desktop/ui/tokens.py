"""
The numbers of the look: colours, type, spacing, sizes. Read them through ``theme.current()``.

Source: LOOK.md 2, 3 and 4.
"""

from typing import Literal

Token = Literal[
    "canvas",
    "surface",
    "sunken",
    "hover",
    "line",
    "border",
    "text",
    "text2",
    "text3",
    "disabled",
    "accent",
    "accent_hover",
    "accent_press",
    "on_accent",
    "tint",
    "on_tint",
    "ok",
    "ok_tint",
    "warn",
    "warn_tint",
    "bad",
    "bad_tint",
    "on_bad",
    "focus",
    "deep",
    "on_deep",
    "on_deep2",
]
Look = Literal["light", "dark", "black", "white"]
"""``black`` and ``white`` are the two high-contrast themes; white is for the airport desk in the sun."""

LOOKS: tuple[Look, ...] = ("light", "dark", "black", "white")
TOKENS: dict[Token, tuple[str, str, str, str]] = {
    "canvas": ("#F6F5F2", "#14181B", "#000000", "#FFFFFF"),
    "surface": ("#FFFFFF", "#1C2125", "#000000", "#FFFFFF"),
    "sunken": ("#EEECE7", "#0F1315", "#000000", "#FFFFFF"),
    "hover": ("#F3F1EC", "#242A2F", "#1F1F1F", "#E6E6E6"),
    "line": ("#E2DFD8", "#2F363C", "#FFFFFF", "#000000"),
    "border": ("#86827A", "#78818A", "#FFFFFF", "#000000"),
    "text": ("#1D2125", "#ECEDEE", "#FFFFFF", "#000000"),
    "text2": ("#484D53", "#BFC5CA", "#FFFFFF", "#000000"),
    "text3": ("#62676D", "#9BA2A9", "#E6E6E6", "#262626"),
    "disabled": ("#8D8A84", "#6E767E", "#A8A8A8", "#595959"),
    "accent": ("#0B5C7F", "#74BEDD", "#7CD8FF", "#00405C"),
    "accent_hover": ("#094C69", "#8CCBE5", "#B0E8FF", "#002C40"),
    "accent_press": ("#073C54", "#A6D8EC", "#D4F3FF", "#001D2B"),
    "on_accent": ("#FFFFFF", "#06202C", "#000000", "#FFFFFF"),
    "tint": ("#E1EEF4", "#143240", "#002B3D", "#D6EEF8"),
    "on_tint": ("#0A5373", "#A5D8EC", "#FFFFFF", "#000000"),
    "ok": ("#1B6B3A", "#74CB96", "#7DF0A4", "#0B4A22"),
    "ok_tint": ("#E4F1E8", "#15301F", "#000000", "#FFFFFF"),
    "warn": ("#855000", "#EBB660", "#FFD166", "#5A3500"),
    "warn_tint": ("#FBF0DA", "#36280F", "#000000", "#FFFFFF"),
    "bad": ("#B0261E", "#F4928A", "#FFA8A0", "#8A0F08"),
    "bad_tint": ("#FBE9E7", "#3D1C1A", "#000000", "#FFFFFF"),
    "on_bad": ("#FFFFFF", "#2A0805", "#000000", "#FFFFFF"),
    "focus": ("#0B5C7F", "#A5D8EC", "#FFE600", "#8A0052"),
    "deep": ("#0A4058", "#0B2733", "#000000", "#000000"),
    "on_deep": ("#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"),
    "on_deep2": ("#BFD9E5", "#A9C8D6", "#FFFFFF", "#FFFFFF"),
}
"""Colour by token, in the order of :data:`LOOKS`."""

Role = Literal[
    "huge",
    "big",
    "display",
    "title",
    "question",
    "large",
    "lead",
    "lead_strong",
    "heading",
    "option",
    "strong",
    "medium",
    "body",
    "small",
    "small_medium",
    "small_strong",
    "caption",
    "caption_strong",
    "key",
]
ROLES: dict[Role, tuple[int, int, int]] = {
    "huge": (52, 600, 62),
    "big": (40, 600, 48),
    "display": (32, 600, 44),
    "title": (24, 600, 36),
    "question": (22, 600, 33),
    "large": (24, 400, 36),
    "lead": (18, 400, 27),
    "lead_strong": (18, 600, 27),
    "heading": (16, 600, 24),
    "option": (16, 400, 24),
    "strong": (14, 600, 21),
    "medium": (14, 500, 21),
    "body": (14, 400, 21),
    "small": (13, 400, 20),
    "small_medium": (13, 500, 20),
    "small_strong": (13, 600, 20),
    "caption": (12, 400, 18),
    "caption_strong": (12, 600, 18),
    "key": (11, 600, 16),
}
"""Pixel size, weight and line height at 100 %."""

SPACES = (0, 1, 2, 4, 6, 8, 12, 16, 20, 24, 32, 48)
SPACE_GROWTH = 0.35
"""Spacing grows by a third of what the text grows: 200 % text = spacing x 1.35."""

HEIGHTS: dict[str, tuple[int, int]] = {
    "button_small": (21, 7),
    "button": (21, 15),
    "button_big": (24, 24),
    "field": (21, 19),
    "choice": (24, 22),
    "choice_small": (21, 15),
    "badge": (16, 8),
    "chip": (20, 4),
    "pill": (20, 12),
    "key": (16, 4),
    "row": (41, 11),
    "row_one": (21, 15),
    "row_today": (41, 19),
    "head": (18, 15),
    "tab": (20, 16),
    "menu": (20, 12),
    "status": (18, 10),
    "nav": (20, 20),
    "bar": (42, 18),
    "foot": (36, 24),
    "section": (21, 17),
    "section_line": (24, 16),
    "switch": (20, 12),
    "blocks": (21, 17),
    "area": (84, 19),
    "avatar": (18, 10),
}
"""Height of a control or row: the lines of text in it (scaled like text) and the air around them (kept)."""

WIDTHS: dict[str, int] = {
    "nav": 200,
    "aside": 290,
    "aside_wide": 376,
    "sections": 264,
    "form": 440,
    "unlock": 500,
    "dialog": 480,
    "page": 1320,
}
"""Widths of columns at 100 %; they grow with the text."""

EDGES: dict[str, int] = {
    "control": 14,
    "card_x": 20,
    "card_y": 14,
    "page_x": 32,
    "page_y": 20,
    "nav_folded": 56,
    "fold_below": 1200,
    "target": 24,
    "bar": 8,
    "scroll": 10,
    "min_width": 1024,
    "min_height": 640,
}
"""Other lengths. What stands beside text grows like spacing (:meth:`Theme.edge`)."""

RADII: dict[str, int] = {
    "key": 4,
    "chip": 4,
    "button": 6,
    "field": 6,
    "choice": 7,
    "card": 8,
    "banner": 8,
    "dialog": 10,
    "mark": 7,
}
FOLD_SCALE = 1.5
"""Above this text size the navigation folds and asides go below."""

TOAST_MS = 6000
LIVE_MS = 2000
"""A live region speaks at most once in this time."""

SHEET = """
/* %(key)s */
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: %(w)spx; }
QScrollBar:horizontal { height: %(w)spx; }
QScrollBar::handle { background: %(border)s; border-radius: %(r)spx; margin: 1px;
    min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: %(text3)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QScrollArea, QAbstractScrollArea { border: none; }
QMenu { background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; padding: %(y)spx 0; }
QMenu::item { padding: %(y)spx %(x)spx; background: transparent; }
QMenu::item:selected { background: %(tint)s; color: %(on_tint)s; }
QMenu::item:disabled { color: %(disabled)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: %(y)spx 0; }
QMenuBar { background: %(sunken)s; color: %(text2)s; border: none; border-bottom: 1px solid %(line)s; }
QMenuBar::item { background: transparent; padding: %(y)spx %(x)spx; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: %(tint)s; color: %(on_tint)s; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; padding: %(y)spx; }
QLineEdit { background: transparent; border: none; padding: 0; selection-background-color: %(accent)s;
    selection-color: %(on_accent)s; placeholder-text-color: %(text3)s; }
QPlainTextEdit { background: transparent; border: none; placeholder-text-color: %(text3)s; }
QComboBox QAbstractItemView { background: %(surface)s; color: %(text)s; border: 1px solid %(border)s;
    selection-background-color: %(tint)s; selection-color: %(on_tint)s; outline: none; }
QTableView, QListView, QTreeView { background: %(surface)s; border: none; outline: none;
    selection-background-color: %(tint)s; selection-color: %(text)s; }
QHeaderView { background: %(sunken)s; border: none; }
QHeaderView::section { background: %(sunken)s; color: %(text2)s; border: none; padding: %(y)spx %(x)spx; }
QTableCornerButton::section { background: %(sunken)s; border: none; }
"""
