"""The people of a case: names, birth, language, contact, citizenships, who travels and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Citizenship, Person, Relation
from avrr_desktop.domain.dates import age_on
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance, is_minor

HOST_COUNTRY = "CA"
"""Citizens of the host country cannot take part. Source: programme criterion EL09."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """
    A person as screens need one.

    Attributes:
        age: Whole years today, None when the date of birth is not known.
        is_minor: True under 18; an uncertain age near 18 counts as minor (DOMAIN.md 12).
        citizenships: Country codes.
        is_host_citizen: A citizen of the host country: travels perhaps, takes no part.
    """

    id: str
    person: Person
    age: int | None
    is_minor: bool
    citizenships: tuple[str, ...]

    @property
    def is_principal(self) -> bool:
        """Tell whether the case is named after this person."""
        return self.person.relation is Relation.PRINCIPAL

    @property
    def is_host_citizen(self) -> bool:
        """Tell whether one citizenship is the host country's."""
        return HOST_COUNTRY in self.citizenships

    @property
    def takes_part(self) -> bool:
        """Tell whether the programme is for this person."""
        return self.person.participates is not False and not self.is_host_citizen

    @property
    def name(self) -> str:
        """Return given and family name, as far as known."""
        return " ".join(filter(None, (self.person.given_names, self.person.family_name)))


def view_people(desk: Desk, case: str) -> tuple[PersonView, ...]:
    """Return everybody in *case*, the principal person first."""
    today = desk.today()
    countries: dict[str, list[str]] = {}
    for found in desk.find(Citizenship, case):
        countries.setdefault(found.value.person or "", []).append(found.value.country or "")
    views = []
    for found_person in desk.find(Person, case):
        person = found_person.value
        age = age_on(person.born_on, today) if person.born_on else None
        views.append(
            PersonView(
                found_person.id,
                person,
                age,
                is_minor(person, today),
                tuple(sorted(countries.get(found_person.id, ()))),
            )
        )
    return tuple(sorted(views, key=lambda view: not view.is_principal))


@verb(reads=(Section.CORE,))
def people(desk: Desk, actor: Actor, case: str) -> tuple[PersonView, ...]:
    """Return everybody in *case*, the principal person first."""
    return view_people(desk, case)


@verb(writes=(Section.CORE,))
def add_person(desk: Desk, actor: Actor, case: str, *, family_name: str, given_names: str, relation: str) -> Done[str]:
    """
    Add someone to the family.

    Raises:
        BadValue: "person.no_name".
        Blocked: "person.second_principal": a case is named after one person.
    """
    if relation == Relation.PRINCIPAL:
        raise Blocked("person.second_principal")
    if not (family_name.strip() or given_names.strip()):
        raise BadValue("person.no_name", entity="person", field="family_name", why="missing")
    person = desk.new_id()
    with desk.work(actor) as work:
        work.put(
            own_stream(Person, case),
            Person,
            person,
            family_name=family_name,
            given_names=given_names,
            relation=relation,
            travels=True,
            participates=True,
        )
        return done(work, person)


@verb(writes=(Section.CORE,))
def edit_person(desk: Desk, actor: Actor, /, case: str, person: str, **fields: object) -> Done[None]:
    """
    Write fields of a person; each is checked by its declaration.

    Raises:
        BadValue: "person.born_in_future", or a field's own refusal.
        Blocked: "person.principal" when the principal person would become another's relative, and
            "person.second_principal" when there would be two: a case is named after exactly one.
    """
    if "relation" in fields:
        current = desk.one(Person, case, person)
        is_principal = current is not None and current.relation is Relation.PRINCIPAL
        if is_principal != (fields["relation"] == Relation.PRINCIPAL):
            raise Blocked("person.principal" if is_principal else "person.second_principal", person=person)
    born = fields.get("born_on")
    if isinstance(born, date) and born > desk.today():
        raise BadValue("person.born_in_future", entity="person", field="born_on", why="future")
    with desk.work(actor) as work:
        work.put(own_stream(Person, case), Person, person, **fields)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)


@verb(writes=(Section.CORE,))
def remove_person(desk: Desk, actor: Actor, case: str, person: str) -> Done[None]:
    """
    Put a person into the trash.

    Raises:
        Blocked: "person.principal": a case is named after somebody.
    """
    current = desk.one(Person, case, person)
    if current is not None and current.relation is Relation.PRINCIPAL:
        raise Blocked("person.principal", person=person)
    with desk.work(actor) as work:
        work.remove(own_stream(Person, case), Person, person)
        return done(work, None)


@verb(writes=(Section.CORE,))
def set_citizenships(desk: Desk, actor: Actor, case: str, person: str, countries: tuple[str, ...]) -> Done[None]:
    """
    Write all citizenships of a person, asked today; a host-country citizen stops taking part.

    Who is no host-country citizen any more takes part again; nothing else changes who takes part.
    The question is the point: a dual national is found only by asking (programme criterion EL09).
    """
    stream = own_stream(Citizenship, case)
    held = {found.value.country: found.id for found in desk.find(Citizenship, case, person=person)}
    with desk.work(actor) as work:
        for country in countries:
            if country not in held:
                work.put(stream, Citizenship, desk.new_id(), person=person, country=country)
        for known, entity in held.items():
            if known not in countries:
                work.remove(stream, Citizenship, entity)
        work.put(stream, Person, person, other_citizenships_asked_on=desk.today())
        if (HOST_COUNTRY in countries) != (HOST_COUNTRY in held):
            work.put(stream, Person, person, participates=HOST_COUNTRY not in countries)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)
