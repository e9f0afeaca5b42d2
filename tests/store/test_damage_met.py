"""A damaged page that a list or a page meets long after the start is a failure of the store, with its code."""

import pytest

from avrr_desktop.domain.casefile import Case, Person
from avrr_desktop.domain.sections import CASE_SECTIONS
from avrr_desktop.store.errors import StoreDamaged
from avrr_desktop.store.lists import CaseFilter
from avrr_desktop.store.store import Store
from tests.store.store_laptop import CASE, KEY, Laptop

WANTED = CaseFilter(sections=frozenset(CASE_SECTIONS))
READS = {
    "case_new": lambda store: store.lists.ids(WANTED, order="newest"),
    "case_summary": lambda store: store.lists.rows([CASE], sections=CASE_SECTIONS),
    "officer": lambda store: store.lists.officer_names(),
    "person": lambda store: store.find(Person, case=CASE),
    "audit": lambda store: store.audit_trail.entries(),
    "sealed": lambda store: store.history([f"{CASE}/core"]),
}


@pytest.mark.parametrize("place", READS)
def test_it_is_told_apart_where_it_is_met(tmp_path, place):
    laptop = Laptop(tmp_path)
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Person, "p" * 26, family_name="Hussein")
    laptop.store.seal_all()
    ((page,),) = laptop.rows(f"SELECT rootpage FROM sqlite_master WHERE name = '{place}'")
    laptop.store.close()
    with open(laptop.path, "r+b") as file:
        file.seek((page - 1) * 4096 + 2000)
        file.write(b"four")
    again = Store.open(laptop.path, KEY, **laptop.arguments())
    try:
        with pytest.raises(StoreDamaged):
            READS[place](again)
        assert page in again.check().pages
    finally:
        again.close()
