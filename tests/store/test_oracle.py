"""What is shown is compared with the commits, and stays as it is whatever comes out."""

import pytest

from avrr_desktop.domain.casefile import Person
from tests.store.store_laptop import MAYA, PERSON, Laptop, shown


@pytest.fixture
def laptop(tmp_path):
    made = Laptop(tmp_path)
    made.put(Person, PERSON, family_name="Hussein", relation="principal")
    yield made
    made.store.close()


def change_by_hand(laptop: Laptop, statement: str) -> None:
    writer = laptop.store._file.writer
    for line in ("BEGIN", "INSERT INTO guard VALUES (1)", statement, "DELETE FROM guard", "COMMIT"):
        writer.execute(line)


def test_nothing_differs_after_ordinary_work_with_values_still_open(laptop):
    before = shown(laptop)
    assert before["person"]
    assert laptop.store.differences() == ()
    assert shown(laptop) == before


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE person SET family_name = 'Hasan'", ("person",)),
        ("DELETE FROM case_summary", ("case_summary",)),
        ("UPDATE search_row SET name = 'Hasan'", ("search",)),
        ("UPDATE register SET value = NULL WHERE kind = 'person' AND name = 'name'", ("register",)),
    ],
)
def test_a_change_by_hand_is_named_and_left_as_it_is(laptop, statement, names):
    laptop.store.seal_all()
    change_by_hand(laptop, statement)
    before = shown(laptop)
    assert laptop.store.differences() == names
    assert shown(laptop) == before


def test_work_goes_on_after_the_comparison(laptop):
    laptop.store.differences()
    with laptop.store.work(MAYA) as work:
        work.put(laptop.store.find(Person, case="c" * 26)[0].stream, Person, PERSON, given_names="Ali")
    assert laptop.store.differences() == ()
    assert laptop.store.find(Person, case="c" * 26)[0].value.given_names == "Ali"
