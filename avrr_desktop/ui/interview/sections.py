"""The sections of an interview with their completeness: a column, or one line above 150 % text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import (
    TRAILING,
    Restyled,
    draw_box,
    draw_icon,
    draw_mark,
    draw_text,
    is_rtl,
    ltr,
    paint_ground,
    strip_of,
    text_width,
)
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.keycap import draw_keycap, keycap_size
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.interview import keys, words
from avrr_desktop.ui.interview.state import SectionView, Speech
from avrr_desktop.ui.tokens import Role, Token

_TURN = 16 * 360


def draw_ring(painter: QPainter, rect: QRect, view: SectionView, rtl: bool) -> None:
    """Draw how complete a section is: filled with a tick, a ring that fills, an empty ring, or a shield."""
    t = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if view.is_apart:
        draw_icon(painter, rect, "shield", 18, "text3")
        return
    if view.is_done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("ok"))
        painter.drawEllipse(rect)
        draw_icon(painter, rect, "check", 14, "surface")
        return
    pen = 2.0 * rect.width() / t.icon_px(18) + 0.5
    area = QRectF(rect).adjusted(pen / 2 + 1, pen / 2 + 1, -pen / 2 - 1, -pen / 2 - 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    started = view.answered > 0
    track: Token = "border" if not started else "disabled" if t.high_contrast else "line"
    painter.setPen(QPen(t.colour(track), pen if started else 1.5))
    painter.drawEllipse(area)
    if started:
        painter.setPen(QPen(t.colour("accent"), pen, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        share = round(_TURN * view.answered / max(view.asked, 1))
        painter.drawArc(area, 16 * 90, share if rtl else -share)


class SectionButton(QAbstractButton):
    """
    One section in the column.

    Attributes:
        view: What it shows.
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, view: SectionView, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.ring_radius = theme.current().radius("button")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_view(view, speech)

    def set_view(self, view: SectionView, speech: Speech) -> None:
        """Show another completeness."""
        self.view = view
        text = words.section(view, speech)
        fonts.ensure(text)
        self.setText(text)
        self.setToolTip(text)
        spoken = (
            self.tr("{section}, {answered} of {asked}") if view.asked else self.tr("{section}", "name of a section")
        )
        self.setAccessibleName(spoken.format(section=text, answered=view.answered, asked=view.asked))
        facts = [self.tr("shown now")] if view.is_now else []
        self.setAccessibleDescription(", ".join(facts + ([self.tr("come back later")] if view.is_marked else [])))
        self.update()

    def sizeHint(self) -> QSize:
        """Take one row."""
        return QSize(theme.current().em(8), theme.current().height("section"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring, name, mark and count."""
        t = theme.current()
        view = self.view
        with QPainter(self) as painter:
            if view.is_now:
                outline: Token | None = "border" if t.high_contrast else None
                draw_box(painter, self.rect(), t.radius("button"), "surface", outline)
                draw_mark(painter, self.rect(), t.radius("chip"), "accent", is_rtl(self))
            elif self.underMouse():
                draw_box(painter, self.rect(), t.radius("button"), "hover")
            strip = strip_of(self)
            strip.lead(t.space(12))
            edge = t.icon_px(18)
            ring = strip.lead(edge)
            ring = QRect(ring.left(), ring.center().y() - (edge - 1) // 2, edge, edge)
            draw_ring(painter, ring, view, is_rtl(self))
            strip.lead(t.space(8))
            strip.trail(t.space(12))
            if view.asked:
                count = ltr(f"{view.answered}/{view.asked}")
                draw_text(painter, strip.trail(text_width(count, "small") + 1), count, "small", "text3", TRAILING)
                strip.trail(t.space(8))
            if view.is_marked:
                draw_icon(painter, strip.trail(t.icon_px(16)), "bookmark", 16, "warn")
                strip.trail(t.space(6))
            role: Role = "strong" if view.is_now else "body"
            ink: Token = "text" if view.is_now or view.answered else "text2"
            draw_text(painter, strip.rest(), self.text(), role, ink)


class SectionList(Restyled, QWidget):
    """
    The column of sections; Up and Down move, Enter or Space opens.

    Attributes:
        buttons: The sections in order.
        marked: The button that leads to the first question to come back to.

    Signals:
        opened: (str) The path of the section wanted.
        marked_wanted: The first marked question is wanted.
    """

    opened = Signal(str)
    marked_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sections"))
        self.buttons: list[SectionButton] = []
        self._head = Label(self.tr("Sections"), "small_strong", "text2")
        self._line = QVBoxLayout(self)
        self._line.addWidget(self._head)
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        # A form of many topics must not make the window taller than the screen.
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        self._line.addWidget(self._scroll, 1)
        self.marked = Button("", "ghost", icon="bookmark")
        self.marked.clicked.connect(self.marked_wanted)
        self._line.addWidget(self.marked, 0, Qt.AlignmentFlag.AlignLeading)
        self.follow_theme()

    def show_sections(self, views: Sequence[SectionView], speech: Speech, marked: int) -> None:
        """Show *views*; rows of known sections change in place."""
        if [b.view.path for b in self.buttons] != [v.path for v in views]:
            for button in self.buttons:
                self._rows.removeWidget(button)
                button.hide()
                button.deleteLater()
            self.buttons = [SectionButton(view, speech, self._inner) for view in views]
            for button in self.buttons:
                button.clicked.connect(self._say)
                self._rows.addWidget(button)
                button.setVisible(True)
        for button, view in zip(self.buttons, views, strict=True):
            button.set_view(view, speech)
            if view.is_now:
                self._scroll.ensureWidgetVisible(button, 0, 0)
        self.marked.setText(self.tr("%n marked to come back to", "", marked))
        self.marked.setVisible(marked > 0)

    def take_focus(self) -> None:
        """Put the focus on the section shown now."""
        for button in self.buttons:
            if button.view.is_now:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restyle(self) -> None:
        """Set width and spacing."""
        t = theme.current()
        paint_ground(self, "sunken")
        for part in (self._scroll.viewport(), self._inner):
            paint_ground(part, "sunken")
        self.setFixedWidth(t.width("sections"))
        self._line.setContentsMargins(t.space(8), t.space(16), t.space(8), t.space(12))
        self._line.setSpacing(t.space(6))
        self._rows.setSpacing(t.space(1))
        self._head.setContentsMargins(t.space(12), 0, t.space(12), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Up and Down."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        here = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), -1)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            self.buttons[here].click()
        elif step and here >= 0:
            there = self.buttons[(here + step) % len(self.buttons)]
            there.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(there, 0, 0)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline toward the page."""
        with QPainter(self) as painter:
            painter.fillRect(strip_of(self).trail(1), theme.current().colour("line"))

    def _say(self) -> None:
        sender = self.sender()
        if isinstance(sender, SectionButton):
            self.opened.emit(sender.view.path)


class SectionLine(Restyled, QAbstractButton):
    """
    The sections as one line with a menu, where the text is large.

    Attributes:
        ring_radius: Corner of the focus ring around it.

    Signals:
        opened: (str) The path of the section wanted.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 0
        self._views: tuple[SectionView, ...] = ()
        self._speech = Speech.OWN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self.follow_theme()

    def show_sections(self, views: Sequence[SectionView], speech: Speech) -> None:
        """Show which of *views* stands on the page."""
        self._views, self._speech = tuple(views), speech
        at = next((at for at, view in enumerate(views) if view.is_now), 0)
        line = self.tr("Section {number} of {count}: {section}")
        name = words.section(views[at], speech) if views else ""
        fonts.ensure(name)
        self.setText(line.format(number=at + 1, count=len(views), section=name))
        self.setAccessibleName(self.text())
        self.update()

    def open_menu(self) -> None:
        """Open the list of all sections."""
        menu = self.menu()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu(self) -> QMenu:
        """Make the list of all sections, each with its count."""
        menu = QMenu(self)
        menu.setFont(theme.current().font("body"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in self._views:
            counted = self.tr("{section}  {answered}/{asked}") if view.asked else "{section}"
            name = words.section(view, self._speech)
            entry = menu.addAction(counted.format(section=name, answered=view.answered, asked=view.asked))
            entry.triggered.connect(lambda _=False, path=view.path: self.opened.emit(path))
        return menu

    def sizeHint(self) -> QSize:
        """Take one line."""
        return QSize(theme.current().em(20), theme.current().height("section_line"))

    def restyle(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring, words and key."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), t.colour("sunken"))
            strip = strip_of(self)
            strip.lead(t.edge("page_x") - t.space(8))
            edge = t.icon_px(18)
            area = strip.lead(edge)
            ring = QRect(area.left(), area.center().y() - (edge - 1) // 2, edge, edge)
            now = next((view for view in self._views if view.is_now), None)
            if now is not None:
                draw_ring(painter, ring, now, is_rtl(self))
            strip.lead(t.space(12))
            strip.trail(t.edge("page_x") - t.space(8))
            hint, key = keys.words("sections"), keys.cap("sections")
            draw_text(painter, strip.trail(text_width(hint, "small") + 1), hint, "small", "text2", TRAILING)
            strip.trail(t.space(12))
            draw_keycap(painter, strip.trail(keycap_size(key).width()), key, "text2", "border", "surface")
            strip.trail(t.space(12))
            draw_text(painter, strip.rest(), self.text(), "strong", "text")
