"""Idleness, the hidden screen, preferences, words and notices: parts of the window that need no store."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.sections import Role
from avrr_desktop.services.passphrases import strength_of
from avrr_desktop.ui import notices, theme, wording
from avrr_desktop.ui.frame.hidden import Hidden
from avrr_desktop.ui.frame.idle import Idle
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.preferences import Preferences, load_preferences, save_preferences
from avrr_desktop.ui.unlock.secret import NewPassphrase, SecretField, strength_words


class HandClock:
    """A clock that stands still until it is told."""

    def __init__(self):
        self.now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def idle(qapp):
    clock = HandClock()
    made = Idle(qapp, clock, timedelta(minutes=10))
    made.begin()
    yield made, clock
    made.end()
    made.deleteLater()


def test_idleness_is_told_once_until_a_key_is_used(qtbot, idle):
    watch, clock = idle
    told = []
    watch.passed.connect(lambda: told.append("passed"))
    watch.quieted.connect(lambda: told.append("quieted"))
    clock.pass_by(minutes=6)
    watch.look()
    watch.look()
    assert told == ["quieted"]
    clock.pass_by(minutes=5)
    watch.look()
    watch.look()
    assert told == ["quieted", "passed"]


def test_a_key_begins_the_wait_anew(qtbot, idle):
    watch, clock = idle
    told = []
    watch.passed.connect(lambda: told.append("passed"))
    widget = QWidget()
    qtbot.addWidget(widget)
    clock.pass_by(minutes=9)
    qtbot.keyClick(widget, Qt.Key.Key_A)
    clock.pass_by(minutes=9)
    watch.look()
    assert told == []
    clock.pass_by(minutes=2)
    watch.look()
    assert told == ["passed"]


def test_the_first_key_after_a_long_sleep_does_not_hide_that_nobody_was_there(qtbot, idle):
    watch, clock = idle
    told = []
    watch.passed.connect(lambda: told.append("passed"))
    widget = QWidget()
    qtbot.addWidget(widget)
    clock.pass_by(hours=8)
    qtbot.keyClick(widget, Qt.Key.Key_A)
    assert told == ["passed"]


def test_a_clock_set_back_locks_nobody_out(idle):
    watch, clock = idle
    told = []
    watch.passed.connect(lambda: told.append("passed"))
    clock.pass_by(hours=-3)
    watch.look()
    assert told == []


def test_the_hidden_screen_says_how_to_go_on_only_after_a_key(qtbot, look):
    look()
    hidden = Hidden(HandClock(), "America/Toronto")
    qtbot.addWidget(hidden)
    hidden.show()
    hidden.begin()
    assert hidden.hint() == ""
    with qtbot.waitSignal(hidden.key_pressed):
        qtbot.keyClick(hidden, Qt.Key.Key_A)
    assert "F9" in hidden.hint()
    assert hidden.accessibleName() != ""


def test_preferences_are_read_back_and_nonsense_takes_the_default(tmp_path):
    path = tmp_path / "config" / "preferences.json"
    wanted = Preferences("dark", 1.5, "rtl", 5, True)
    save_preferences(path, wanted)
    assert load_preferences(path) == wanted
    path.write_text(json.dumps({"look": "pink", "scale": 9, "idle_minutes": True, "hide_asks": 1, "direction": "rtl"}))
    assert load_preferences(path) == Preferences(direction="rtl")
    path.write_text("[")
    assert load_preferences(path) == Preferences()
    assert load_preferences(tmp_path / "missing") == Preferences()


def test_a_change_of_look_applies_at_once_and_is_kept(look, tmp_path):
    look()
    habits = Habits(tmp_path / "preferences.json")
    assert habits.change(look="dark", scale=2.0) is True
    assert (theme.current().look, theme.current().scale) == ("dark", 2.0)
    assert Habits(tmp_path / "preferences.json").now.look == "dark"


def test_a_look_that_cannot_be_kept_says_so(look, tmp_path):
    look()
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert Habits(blocked / "preferences.json").change(scale=1.25) is False
    assert theme.current().scale == 1.25


@pytest.mark.parametrize(
    ("key", "text", "modifiers", "on"),
    [
        (Qt.Key.Key_A, "a", Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier, False),
        (Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_A, "a", Qt.KeyboardModifier.ShiftModifier, True),
    ],
)
def test_caps_lock_is_told_from_the_letters(qtbot, look, key, text, modifiers, on):
    look()
    field = SecretField("Passphrase")
    qtbot.addWidget(field)
    field.show()
    field.eventFilter(field, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
    assert field.shows_caps_lock() is on


def test_a_digit_says_nothing_about_caps_lock(qtbot, look):
    look()
    field = SecretField("Passphrase")
    qtbot.addWidget(field)
    field.eventFilter(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
    field.eventFilter(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1"))
    assert field.shows_caps_lock() is True


def test_a_new_passphrase_needs_strength_and_the_same_words_twice(qtbot, look):
    look()
    pair = NewPassphrase()
    qtbot.addWidget(pair)
    pair.first.field.set_value("short")
    assert pair.accepted() == ""
    assert "12" in pair.first.field.error()
    pair.first.field.set_value("harbour violet seventeen")
    pair.second.field.set_value("harbour violet sixteen")
    assert pair.accepted() == ""
    assert pair.first.field.error() == ""
    assert pair.second.field.error() != ""
    pair.second.field.set_value("harbour violet seventeen")
    assert pair.accepted() == "harbour violet seventeen"
    pair.clear()
    assert (pair.first.value(), pair.second.value()) == ("", "")


def test_every_strength_has_words():
    texts = ("abc", "x" * 2000, "a\x07bcdefghijklm", "aaaaaaaaaaaaaaaa", "passwordpassword", "abcdefghijklmnop")
    fine = ("harbour viol", "harbour violet se", "harbour violet seventeen")
    found = {strength_of(text).refusal for text in texts} | {strength_of(text).level for text in fine}
    assert found >= {"short", "long", "fair", "good"}
    assert all(strength_words(strength_of(text)) for text in (*texts, *fine))


def test_numbers_and_dates_are_written_as_people_read_them():
    zone, now = "America/Toronto", datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert wording.day(date(2026, 11, 24)) == "24 November 2026"
    assert wording.day_short(date(2026, 11, 24)) == "24 Nov"
    assert wording.day_week(date(2026, 11, 24)) == "Tue 24 Nov"
    assert wording.time(now, zone) == "15:00"
    assert wording.money(Money("CAD", 168600)) == "CAD\u00a01,686.00"
    assert wording.money(Money("JPY", 1686)) == "JPY\u00a01,686"
    assert wording.amount(Money("CAD", -5)) == "\u22120.05"
    assert wording.span(timedelta(hours=6, minutes=20)) == "6 h 20 min"
    assert wording.left_or_late(now - timedelta(hours=3, minutes=12), now) == "3 h 12 min late"
    assert wording.left_or_late(now + timedelta(days=7), now) == "7 days left"
    assert wording.relative(now + timedelta(hours=2), now, zone) == "today 17:00"
    assert wording.relative(now - timedelta(days=1), now, zone) == "yesterday 15:00"
    assert wording.relative(now + timedelta(days=3), now, zone) == "in 3 days"
    assert wording.relative(now + timedelta(days=30), now, zone) == "24 December 2026"


def test_roles_are_named_duty_first():
    held = frozenset({Role.INTAKE, Role.CASE})
    assert wording.roles(held) == "Case officer, Intake officer"
    assert wording.duty(held) == "Case officer"
    assert wording.roles(("nonsense", "supervisor")) == "Supervisor"
    assert wording.initials("Maya Anne Tremblay") == "MT"
    assert all(wording.role(role) for role in Role)


def test_a_failure_without_a_sentence_still_says_something_calm():
    assert notices.sentence(Expected("nobody.knows", secret="x")) == "This cannot be done now."


def test_the_gaps_of_a_sentence_are_filled_as_the_screen_writes():
    failure = BadValue("keys.too_many_slots", allowed=64)
    assert "64" in notices.sentence(failure)


@pytest.mark.parametrize("code", sorted(notices.REMEDIES))
def test_a_remedy_belongs_to_a_sentence(code):
    assert code in notices.SENTENCES


def test_no_sentence_blames_or_begs():
    words = " ".join([*notices.SENTENCES.values(), *notices.REMEDIES.values()]).lower()
    assert [bad for bad in ("please", "oops", "invalid", "failed", "are you sure", "!") if bad in words] == []
