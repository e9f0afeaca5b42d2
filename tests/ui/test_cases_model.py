"""The list of cases and a referral being written, without a window."""

import subprocess
import sys
from datetime import UTC, datetime, time, timedelta

import pytest

from avrr_desktop.domain.stages import Stage
from avrr_desktop.services.lists import PAGE, CaseRow, Similar
from avrr_desktop.ui.cases.model import KEPT_PAGES, CasesModel, Reader, share_left
from avrr_desktop.ui.referral.model import Draft, check_draft, draft_now, read_time

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
MANY = tuple(f"case{number}" for number in range(PAGE * (KEPT_PAGES + 3)))


class Office:
    """Answers the model's questions and remembers what was asked."""

    def __init__(self, ids: tuple[str, ...] = MANY) -> None:
        self.held = ids
        self.asked: list[tuple[str, ...]] = []

    def reader(self) -> Reader:
        return Reader(
            lambda pill, query: self.held if not query else tuple(c for c in self.held if query in c),
            self.rows,
            lambda: {"open": len(self.held), "mine": 1, "clock": 0, "ended": 2},
            lambda query: (Similar("case7", f"like {query}"),),
        )

    def rows(self, ids):
        self.asked.append(tuple(ids))
        return tuple(CaseRow(c, "", c, "", 1, Stage.REFERRED, "interview", None, None, "") for c in ids if c != "case3")


def test_rows_are_read_by_pages_and_only_when_drawn():
    office = Office()
    model = CasesModel(office.reader())
    model.refresh()
    assert office.asked == []
    assert [model.row(at).id for at in (0, 5, PAGE - 1)] == ["case0", "case5", f"case{PAGE - 1}"]
    assert office.asked == [MANY[:PAGE]]
    assert model.row(PAGE).id == f"case{PAGE}"
    assert office.asked[1] == MANY[PAGE : 2 * PAGE]


def test_old_pages_go_first_and_are_read_again():
    office = Office()
    model = CasesModel(office.reader())
    model.refresh()
    for page in range(KEPT_PAGES + 1):
        model.row(page * PAGE)
    office.asked.clear()
    model.row(KEPT_PAGES * PAGE)
    assert office.asked == []
    model.row(0)
    assert office.asked == [MANY[:PAGE]]


def test_a_case_gone_since_leaves_its_neighbours_where_they_are():
    model = CasesModel(Office().reader())
    model.refresh()
    assert model.row(3) is None
    assert model.row(4).id == "case4"


def test_search_keeps_the_list_and_asks_who_is_called_nearly_so_only_when_nothing_is_found():
    model = CasesModel(Office().reader())
    model.choose("mine")
    model.search("  case12 ")
    assert model.state.pill == "mine"
    assert model.state.query == "case12"
    assert "case12" in model.state.ids
    assert model.state.similar == ()
    model.search("nobody")
    assert model.state.ids == ()
    assert model.state.similar == (Similar("case7", "like nobody"),)


def test_a_store_with_ended_cases_only_is_not_empty():
    office = Office(())
    model = CasesModel(office.reader())
    model.refresh()
    assert not model.state.is_empty_store


@pytest.mark.parametrize(("hours", "share"), [(24, 1.0), (6, 0.25), (0, 0.0), (-12, -0.5)])
def test_a_clock_empties_from_the_time_received(hours: int, share: float):
    due = NOW + timedelta(hours=hours)
    assert share_left(due - timedelta(hours=24), due, NOW) == pytest.approx(share)


def test_no_clock_has_no_share():
    assert share_left(None, None, NOW) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9:05", time(9, 5)), ("0905", time(9, 5)), ("23.59", time(23, 59)), ("24:00", None), ("noon", None), ("9", None)],
)
def test_a_time_is_read_as_people_write_it(typed: str, read: time | None):
    assert read_time(typed) == read


def test_a_new_referral_begins_with_the_present_minute_of_the_office():
    assert draft_now(NOW, "America/Toronto") == Draft(day="24 11 2026", clock="10:00")


def test_the_time_received_is_local_and_becomes_an_instant():
    referral, wrong = check_draft(Draft("Beridze", day="24 nov 2026", clock="9:30"), "America/Toronto")
    assert wrong == {}
    assert referral.received_at == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def test_a_referral_says_everything_that_is_missing_at_once():
    referral, wrong = check_draft(Draft(day="31 02 2026", clock="25:00"), "UTC")
    assert referral is None
    assert wrong == {"family_name": "referral.no_name", "day": "referral.no_day", "clock": "referral.no_time"}


def test_the_service_of_the_first_list_loads_no_sqlmodel():
    heavy = "{'sqlmodel', 'pydantic', 'sqlalchemy'}"
    code = f"import sys, avrr_desktop.services.lists; print(sorted({heavy} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
