"""Invented people for tests."""

from avrr_desktop.app.invented import PEOPLE

HORVATH = PEOPLE[0]
