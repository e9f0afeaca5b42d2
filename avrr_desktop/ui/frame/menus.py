"""The entries of menus and navigation: the places this version has, no others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui import shortcuts, wording
from avrr_desktop.ui.frame.bars import MenuBar
from avrr_desktop.ui.frame.goals import Goal
from avrr_desktop.ui.frame.model import Front
from avrr_desktop.ui.frame.nav import Place, SideNav
from avrr_desktop.ui.shortcuts import Act


def make_menus(rehearsal: str, acts: Mapping[Act, QAction], window: QWidget) -> MenuBar:
    """Make the menu bar of *window*; *rehearsal* are the words of the mark, "" for a real office."""
    translate = QCoreApplication.translate
    menu = MenuBar(rehearsal, window)
    leave = QAction(translate("Menus", "Quit"), window)
    leave.triggered.connect(lambda: window.window().close())
    menu.add_menu(translate("Menus", "&File"), (acts[Act.LOCK], acts[Act.HIDE], None, leave))
    menu.add_menu(translate("Menus", "&Edit"), (acts[Act.UNDO],))
    menu.add_menu(translate("Menus", "&Go"), (acts[Act.GO_TO], acts[Act.CASES], acts[Act.SETTINGS]))
    menu.add_menu(translate("Menus", "&Help"), (acts[Act.HELP],))
    return menu


def make_nav(front: Front) -> SideNav:
    """Make the side navigation."""
    translate = QCoreApplication.translate
    places = (
        Place("cases", translate("Menus", "Cases"), "folders", shortcuts.cap(Act.CASES)),
        Place("settings", translate("Menus", "Settings"), "settings", shortcuts.cap(Act.SETTINGS), foot=True),
    )
    duty = wording.duty(front.roles)
    return SideNav(front.office, places, front.officer, duty, wording.initials(front.officer))


def place_goals() -> tuple[Goal, ...]:
    """Return the places of the navigation as goals of Ctrl+K."""
    translate = QCoreApplication.translate
    return (Goal("cases", "", translate("Menus", "Cases")), Goal("settings", "", translate("Menus", "Settings")))
