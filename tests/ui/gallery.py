"""
Draw every component in one window: ``python tests/ui/gallery.py OUT.png --dark --scale 2 --rtl``.
"""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402  # the path above must be set first
from PySide6.QtGui import QStandardItem, QStandardItemModel  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.ui import shortcuts, theme  # noqa: E402
from avrr_desktop.ui.components.banner import Banner, NextStep  # noqa: E402
from avrr_desktop.ui.components.base import paint_ground  # noqa: E402
from avrr_desktop.ui.components.blocks import Block, Blocks  # noqa: E402
from avrr_desktop.ui.components.button import Button  # noqa: E402
from avrr_desktop.ui.components.card import Card  # noqa: E402
from avrr_desktop.ui.components.chip import Chip, Filter, Pills  # noqa: E402
from avrr_desktop.ui.components.choice import Choices, Option  # noqa: E402
from avrr_desktop.ui.components.clock import Clock  # noqa: E402
from avrr_desktop.ui.components.dialog import Answer, Dialog  # noqa: E402
from avrr_desktop.ui.components.empty import Empty  # noqa: E402
from avrr_desktop.ui.components.errors import ErrorSummary, Fault  # noqa: E402
from avrr_desktop.ui.components.field import Field  # noqa: E402
from avrr_desktop.ui.components.focus import FocusRing  # noqa: E402
from avrr_desktop.ui.components.header import PageHeader  # noqa: E402
from avrr_desktop.ui.components.label import Label  # noqa: E402
from avrr_desktop.ui.components.progress import Progress  # noqa: E402
from avrr_desktop.ui.components.rail import StageRail, Stop  # noqa: E402
from avrr_desktop.ui.components.rows import ROW, Row, RowDelegate  # noqa: E402
from avrr_desktop.ui.components.saved import Saved  # noqa: E402
from avrr_desktop.ui.components.tabs import Tabs  # noqa: E402
from avrr_desktop.ui.components.toast import Toast  # noqa: E402
from avrr_desktop.ui.components.why import Why  # noqa: E402
from avrr_desktop.ui.frame.bars import MenuBar, StatusBar  # noqa: E402
from avrr_desktop.ui.frame.nav import Place, SideNav  # noqa: E402

STAGES = (
    "Referral",
    "Interview",
    "Enrolment",
    "Plan",
    "Travel",
    "Departure",
    "Arrival",
    "Reintegration",
    "Monitoring",
    "Closed",
)
PLACES = (
    Place("today", "Today", "sun", "Ctrl+1"),
    Place("cases", "Cases", "folders", "Ctrl+2"),
    Place("departures", "Departures", "plane-takeoff", "Ctrl+3"),
    Place("exchange", "Exchange", "arrow-left-right", "Ctrl+4"),
    Place("reports", "Reports", "chart-no-axes-column", "Ctrl+5"),
    Place("settings", "Settings", "settings", "Ctrl+7", foot=True),
)


def buttons() -> Card:
    card = Card("Buttons")
    grid = QGridLayout()
    for at, state in enumerate(("rest", "pressed", "disabled")):
        grid.addWidget(Label(state, "caption_strong", "text2"), 0, at)
        made = (
            Button("Continue", "primary", key="Enter"),
            Button("Print", icon="printer"),
            Button("More", "ghost", trailing_icon="chevron-down"),
            Button("why?", "link"),
        )
        for down, button in enumerate(made, 1):
            button.setDown(state == "pressed")
            button.setEnabled(state != "disabled")
            grid.addWidget(button, down, at, Qt.AlignmentFlag.AlignLeading)
    card.body.addLayout(grid)
    return card


def fields() -> tuple[Card, Field]:
    card, roomy = Card("Fields"), theme.current().roomy
    name, born = Field("Name as in the document"), Field("Born on", "date")
    phone = Field("Phone at the place of return", "phone", help="The number she answers herself", icon="phone")
    number, money = Field("Case number"), Field("Price each", "money", unit="HUF", optional=True)
    combo = Field("For", "combo", options=(("a", "Whole family"), ("b", "Mrs Horváth")))
    name.set_value("Horváth Lászlóné")
    born.set_value("31 February 1992")
    born.set_error("February has 28 or 29 days. Write the day as in the document.")
    phone.set_value("+36 20 555 0143")
    number.set_value("TOR-26-7KM2QX9-R")
    number.set_read_only(True)
    money.set_value("310,000")
    combo.set_value("a")
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.current().space(20))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 0 if roomy else 1)
    for at, field in enumerate((name, born, phone, number, money, combo)):
        grid.addWidget(field, at if roomy else at // 2, 0 if roomy else at % 2, Qt.AlignmentFlag.AlignBottom)
    card.body.addLayout(grid)
    return card, born


def chips() -> Card:
    card = Card("Chips")
    for row in (
        (
            Chip("Plan"),
            Chip("Stage 4", "accent"),
            Chip("Confirmed", "ok"),
            Chip("No answer", "warn"),
            Chip("Blocks", "bad"),
        ),
        (
            Pills(
                "Lists",
                (Filter("m", "Mine", 14), Filter("l", "Late", 2, "bad"), Filter("c", "Closed", 118)),
            ),
        ),
        (_saved("Saved 14:03", True), _saved("Not saved: the disk is full", False)),
        (
            Clock("21 h 05 min left", 0.88),
            Clock("6 h 20 min left", 0.2),
            Clock("3 h 12 min late", -1),
        ),
    ):
        line = QHBoxLayout()
        for part in row:
            line.addWidget(part)
            if isinstance(part, Pills):
                part.set_value("m")
        line.addStretch(1)
        card.body.addLayout(line)
    return card


def _saved(words: str, good: bool) -> Saved:
    saved = Saved(words)
    if not good:
        saved.show_failed(words)
    return saved


def rows() -> QListView:
    view = QListView()
    model = QStandardItemModel(view)
    for row in (
        Row(
            "Nino Beridze",
            "ნინო ბერიძე",
            "Call her: nobody has reached her yet",
            end="3 h 12 min late",
            left=-1,
        ),
        Row("Al-Jabouri family", "عائلة الجبوري", "Collect the travel document", end="today 15:30"),
        Row("Abebe Tesfaye", "አበበ ተስፋዬ", "Ask again whether he still wishes to return", chip="Departure"),
        Row("Li Xiaomei", "李小梅", "Contact Chengdu within 30 days", end="6 h 20 min left", left=0.2),
    ):
        item = QStandardItem(row.spoken())
        item.setData(row, ROW)
        model.appendRow(item)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(view))
    view.setCurrentIndex(model.index(1, 0))
    view.setMinimumHeight(4 * theme.current().height("row"))
    return view


def window() -> QMainWindow:
    """Build the gallery: a case page with navigation, then all other parts below it."""
    top = QMainWindow()
    bar = MenuBar("REHEARSAL office: nobody here is real")
    for title in ("File", "Edit", "View", "Case", "Tools", "Help"):
        bar.add_menu(title, (shortcuts.action(shortcuts.Act.PRINT, top, top.update),))
    top.setMenuBar(bar)
    status = StatusBar("Toronto office · this laptop: TOR-3")
    status.saved.show_saved("Saved 14:03")
    top.setStatusBar(status)
    nav = SideNav("Toronto", PLACES, "Maya Tremblay", "Case officer", "MT")
    nav.set_badges({"today": (12, "bad"), "departures": (2, "neutral"), "exchange": (1, "warn")})
    nav.set_current("cases")
    centre = QWidget()
    across = QHBoxLayout(centre)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(nav)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    across.addWidget(scroll, 1)
    scroll.setWidget(page())
    top.setCentralWidget(centre)
    return top


def page() -> QWidget:
    t = theme.current()
    sheet = QWidget()
    paint_ground(sheet, "canvas")
    all_ = QVBoxLayout(sheet)
    all_.setContentsMargins(t.edge("page_x"), t.edge("page_y"), t.edge("page_x"), t.edge("page_y"))
    all_.setSpacing(t.space(12))
    facts = (
        Label("TOR-26-7KM2QX9-R", "small", "text2"),
        Chip("General return", "outline"),
        Chip("Hungarian", "outline", icon="languages"),
        Chip("Call safely: evenings", "warn", icon="phone"),
    )
    actions = (
        Button("Print", icon="printer", key="Ctrl+P"),
        Button("More", trailing_icon="chevron-down"),
    )
    all_.addWidget(PageHeader("Horváth family", facts=facts if not t.roomy else facts[:1], actions=actions))
    card = Card()
    below = ("3 Nov", "9 Nov", "12 Nov", "now", "", "2 Dec, planned")
    card.body.addWidget(
        StageRail(
            [
                Stop(name, name, "done" if at < 3 else "now" if at == 3 else "ahead", (*below, *[""] * 9)[at])
                for at, name in enumerate(STAGES)
            ]
        )
    )
    all_.addWidget(card)
    tabs = Tabs("Pages of the case", [(w, w) for w in ("Overview", "People", "Interview", "Plan", "Travel")])
    all_.addWidget(tabs)
    all_.addWidget(
        NextStep("Next", "Agree the plan with Mrs Horváth, then send it to Budapest.", "Open the plan", key="Enter")
    )
    blocks = Card("Before travel can be booked")
    blocks.set_fact("2 of 5 done")
    blocks.body.addWidget(
        Blocks(
            (
                Block("a", "Plan signed by participant and officer", "not signed", False, "Go there"),
                Block("c", "Declaration signed by every adult", "Maya, 12 Nov", True),
                Block("b", "Budapest has answered on feasibility", "not asked yet", False, "Go there"),
            )
        )
    )
    all_.addWidget(blocks)
    field_card, born = fields()
    choices = Card("Who first spoke about returning?")
    picked = Choices(
        "Who first spoke about returning?",
        (
            Option("i", "I did", "أنا"),
            Option("f", "A friend or someone from my community", "صديق أو شخص من جماعتي"),
            Option("e", "Someone else", "شخص آخر"),
        ),
        language="ar",
    )
    picked.set_values(("f",))
    choices.body.addWidget(picked)
    errors = ErrorSummary()
    errors.show_faults(
        "Two answers need another look",
        (
            Fault("Born on: February has 28 or 29 days", born),
            Fault("Passport: write the date until which it is valid", born),
        ),
    )
    why = Why(
        "Why CAD 8,000.00?",
        "Four people, CAD 2,000.00 each: the ceiling the office set for plans agreed in 2026.",
        (("Rule", "Ceiling per person, valid to 31 December 2026"), ("Source", "Toronto’s programme")),
    )
    why.set_open(True)
    why_card = Card()
    why_card.body.addWidget(why)
    progress = Progress("Reading the bundle from Budapest", "Nothing is written yet.")
    progress.set_progress(2410, 3880, "2,410 of 3,880", "about 20 s left")
    progress_card = Card()
    progress_card.body.addWidget(progress)
    empty = Card()
    empty.body.addWidget(
        Empty("No case is late", "The next date is today at 17:00, Horváth family.", action="Open that case")
    )
    banner = Banner(
        "warn",
        "Three quotes are needed for the sewing machine",
        "Goods over CAD 2,000.00 need three; you have one.",
    )
    stop = Banner("bad", "The stick was pulled out after 3 of 5 parts", "Nothing was written here.", action="Try again")
    list_card = Card(flush=True)
    list_card.body.addWidget(rows())
    pairs = (
        (buttons(), chips()),
        (field_card, choices),
        (progress_card, why_card),
        (empty, errors),
        (banner, stop),
    )
    for first, second in pairs:
        line = QVBoxLayout() if t.roomy else QHBoxLayout()
        line.setSpacing(t.space(16))
        for part in (first, second):
            line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        all_.addLayout(line)
    all_.addWidget(list_card)
    all_.addStretch(1)
    return sheet


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("out", type=Path)
    words.add_argument("--dark", action="store_true")
    words.add_argument("--contrast", choices=("black", "white"))
    words.add_argument("--scale", type=float, default=1.0)
    words.add_argument("--rtl", action="store_true")
    words.add_argument("--at", type=int, default=0, help="scroll to this row of pixels")
    words.add_argument("--dialog", action="store_true")
    asked = words.parse_args()
    look: theme.Look = asked.contrast or ("dark" if asked.dark else "light")
    app = QApplication([])
    theme.start(app, ROOT / "resources", theme.Theme(look, asked.scale, asked.rtl))
    ring = FocusRing(app)
    top: QWidget = window()
    top.resize(1366, 768)
    if asked.dialog:
        top = Dialog(
            "Withdraw the Boateng family?",
            "Their return stops today. Bookings are kept until you cancel them. They can come back later; "
            "nothing is erased.",
            (Answer("keep", "Keep going"), Answer("withdraw", "Withdraw", "danger")),
        )
    top.show()
    app.processEvents()
    for area in top.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(asked.at)
    if not asked.dialog:
        step = top.findChildren(NextStep)[0]
        step.button.setFocus(Qt.FocusReason.TabFocusReason)
        toast = Toast(top)
        if asked.at:
            toast.say("Line removed.")
    for _ in range(3):
        app.processEvents()
    top.grab().save(str(asked.out))
    assert ring is not None


if __name__ == "__main__":
    main()
