"""Search as one types, in any script; candidates before a case is created."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_laptop import CASE, CORE, LEGAL, MAYA, PERSON, Laptop, closing

from avrr_desktop.domain.casefile import Case, Person
from avrr_desktop.domain.counselling import Answer
from avrr_desktop.domain.legal import Referral
from avrr_desktop.domain.sections import CASE_SECTIONS, Section, case_stream
from avrr_desktop.store.folding import fold_latin, fold_native, phone_words, skeleton, words
from avrr_desktop.store.lists import CaseFilter
from avrr_desktop.store.search import CASE_BITS, PHONE, in_sections, match_text, next_record

ALL = frozenset(CASE_SECTIONS)


@pytest.fixture
def laptop(tmp_path: Path):
    made = Laptop(tmp_path)
    with closing(made):
        yield made


def find(laptop: Laptop, query: str, sections=ALL) -> bool:
    return laptop.store.lists.ids(CaseFilter("open", "", sections), query) == [CASE]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("José", "jose"), ("Nguyễn", "nguyen"), ("Öztürk", "ozturk"), ("İbrahim", "ibrahim"), ("Đức", "duc"),
        ("Łukasz", "lukasz"), ("Øystein", "oystein"), ("Straße", "strasse"), ("Işık", "isik"), ("Ёлкин", "елкин"),
        ("محمّد", "محمد"), ("أحمد", "احمد"), ("شِرین", "شرين"), ("علي", "علی"), ("فاطمة", "فاطمه"),
        ("Шевченко", "shevch"), ("ሰላማዊት", "selam"), ("O'Brien", "obrien"), ("Ngozi-Amadi", "amadi"), ("محمد", "mhmd"),
        ("Λευτέρης", "lefteris"[:1]), ("王小明", "王"), ("नमस्ते", "नम"), ("Hussein", "HUSS"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_beginning_in_plain_letters(laptop, written, typed):
    laptop.put(Person, PERSON, family_name=written)
    assert find(laptop, typed)
    assert not find(laptop, "qqq")


def test_every_word_must_begin_a_word_of_one_record(laptop):
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Amal Nour", script_name="حسين")
    laptop.put(Person, "q" * 26, family_name="Haddad")
    for query in ("hus", "nour hus", "am no hu", "حسي"):
        assert find(laptop, query)
    for query in ("ussein", "amal haddad", "hus xyz", "حسين haddad"):
        assert not find(laptop, query)


def test_a_case_number_is_found_in_any_spelling(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    for query in ("TOR-26-7KM2QX9-R", "tor 26 7km", "7KM2-QX9R", "7km2qx9r", "TOR26", "tor-26-7km2q"):
        assert find(laptop, query), query
    laptop.put(Case, CASE, number="TOR-26-0A1B2C3-D")
    assert find(laptop, "OAlB2")


def test_a_printed_number_without_a_digit_is_found(laptop):
    laptop.put(Case, CASE, number="TOR-26-VMCXDVC-V")
    for query in ("VMCX-DVCV", "vmcxdvcv", "vmcx dvcv"):
        assert find(laptop, query), query


def test_a_telephone_number_is_found_by_any_four_digits_in_a_row(laptop):
    laptop.put(Person, PERSON, phone="+964 (770) 123-4567")
    for query in ("4567", "770 123", "+964770", "1234", "٧٧٠١"):
        assert find(laptop, query), query
    assert not find(laptop, "770 999")


def test_a_changed_name_is_no_longer_found(laptop):
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.put(Person, PERSON, family_name="Haddad")
    assert not find(laptop, "hussein")
    assert find(laptop, "haddad")


def test_a_changed_name_leaves_the_words_of_the_telephone_alone(laptop):
    laptop.put(Person, PERSON, family_name="Hussein", phone="+964 770 123 4567")
    laptop.store.seal_all()
    phone = "SELECT rowid, native, phone FROM search_text WHERE phone <> ''"
    ((number, _, words_before),) = laptop.rows(phone)
    laptop.put(Person, PERSON, family_name="Haddad")
    assert laptop.rows(phone) == [(number, "", words_before)]
    assert find(laptop, "haddad")
    assert find(laptop, "770 123")
    laptop.put(Person, PERSON, phone=None)
    assert laptop.rows(phone) == []
    assert not find(laptop, "770 123")


def test_a_hit_says_its_case_and_section_without_a_table(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Person, PERSON, family_name="Hussein")
    laptop.put(Referral, CASE, stream=LEGAL, client_id="9912-3456")
    rows = laptop.rows("SELECT r.id, r.section, s.key FROM search_row r JOIN case_summary s ON s.case_id = r.case_id")
    assert {(number >> CASE_BITS == key, section) for number, section, key in rows} == {(True, "core"), (True, "legal")}
    for section in (Section.CORE, Section.LEGAL):
        (told,) = laptop.rows(
            f"SELECT group_concat(DISTINCT section) FROM search_row WHERE {in_sections('id', [section])}"
        )
        assert told == (section.value,)
    assert laptop.rows(f"SELECT 1 FROM search_row WHERE {in_sections('id', [])}") == []


def test_records_of_a_case_have_numbers_of_their_own_and_never_those_of_another_case():
    last: int | None = None
    seen = set()
    for _record in range(3000):
        last = next_record(7, Section.CORE, last)
        assert last >> CASE_BITS == (last + PHONE) >> CASE_BITS == 7
        seen |= {last, last + PHONE}
    assert len(seen) == 2 * 3000
    with pytest.raises(OverflowError):
        next_record(7, Section.CORE, (8 << CASE_BITS) - 1)


def test_whoever_comes_last_into_a_crowded_case_is_found_too(laptop):
    """More than the 2,048 records that a hit's number once had room for."""
    with laptop.store.work(MAYA) as work:
        for at in range(2050):
            work.put(CORE, Person, f"person{at}", family_name="Hussein" if at else "Haddad")
        work.put(CORE, Person, "last", family_name="Okafor", phone="+964 770 123 4567")
    for query in ("haddad", "okafor", "770 123"):
        assert find(laptop, query)


def test_what_stands_in_a_section_is_found_only_by_those_who_may_read_it(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Referral, CASE, stream=LEGAL, client_id="9912-3456")
    assert find(laptop, "9912")
    assert not find(laptop, "9912", sections=ALL - {Section.LEGAL})
    assert find(laptop, "7km2", sections=frozenset({Section.CORE}))


def test_protection_and_medical_are_never_indexed(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    for section in (Section.PROTECTION, Section.MEDICAL, Section.COUNS):
        laptop.put(Answer, "i|n|", stream=case_stream(CASE, section), value="Trafficked by Karim")
    assert not find(laptop, "karim")
    assert laptop.rows("SELECT DISTINCT section FROM search_row") == [("core",)]


@given(st.text(max_size=40))
def test_nothing_typed_is_taken_for_a_command(query):
    import sqlcipher3.dbapi2 as sqlcipher

    expression = match_text(query)
    if expression is not None:
        index = sqlcipher.connect(":memory:")
        index.execute("CREATE VIRTUAL TABLE t USING fts5 (native, latin, number, phone)")
        assert index.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall() == []
        index.close()


@pytest.mark.parametrize("query", ["", " ", "-", "\"'", "*", "\u0000"])
def test_signs_alone_find_everything_or_nothing(laptop, query):
    laptop.put(Person, PERSON, family_name="Hussein")
    assert find(laptop, query) is (not query.strip())


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    assert fold_native(fold_native(text)) == fold_native(text)
    assert fold_latin(text).isascii()
    assert all(word and " " not in word for word in words(fold_latin(text)))


@pytest.mark.parametrize(
    ("latin", "native"),
    [
        ("Mohammed", "محمد"), ("Hussein", "حسین"), ("Fatima", "فاطمه"), ("Tesfay", "ተስፋይ"), ("Muhamad", "Mohammed"),
        ("Khalid", "خالد"), ("Yusuf", "Youssef"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_skeleton(latin, native):
    assert skeleton(latin) == skeleton(native)


def test_endings_of_a_number_are_beginnings_of_words():
    assert phone_words("+1 416") == ["1416"]
    assert phone_words("12") == []


@pytest.mark.parametrize("typed", ["Husein Mohamad", "Mohammed Hussein", "hussein mohamed", "محمد حسين"])
def test_somebody_already_known_is_offered_before_a_case_is_created(laptop, typed):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Mohammed", born_on="1990-05-06")
    laptop.put(Person, "q" * 26, family_name="Tremblay", given_names="Luc")
    (near,) = laptop.store.lists.similar(typed)
    assert (near.case, near.person, near.title) == (CASE, PERSON, "Mohammed Hussein")
    assert near.born_on == date(1990, 5, 6)


def test_a_date_of_birth_that_agrees_comes_first_and_at_most_eight_are_offered(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    with laptop.store.work(MAYA) as work:
        for number, letter in enumerate("abcdefghijkl"):
            work.put(
                CORE, Person, letter * 26, family_name="Hussein", given_names="Ali", born_on=f"19{60 + number}-01-01"
            )
    found = laptop.store.lists.similar("Ali Hussain", born_on=date(1969, 1, 1))
    assert len(found) == 8
    assert found[0].person == "j" * 26
    assert found[0].score > found[1].score


def test_nobody_is_offered_for_a_stranger_or_without_the_section(laptop):
    laptop.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    laptop.put(Person, PERSON, family_name="Hussein", given_names="Mohammed")
    assert laptop.store.lists.similar("Wang Xiaoming") == []
    assert laptop.store.lists.similar("") == []
    assert laptop.store.lists.similar("Mohammed Hussein", sections=frozenset({Section.LEGAL})) == []
