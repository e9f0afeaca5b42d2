"""Values of every paper, and the shipped folders, for the tests of the papers."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from avrr_desktop.documents import declaration, interview, itinerary, plan, recovery
from avrr_desktop.documents.paper import Stamp
from avrr_desktop.documents.plan import Category, Contact, PlanLine, PlanValues
from avrr_desktop.documents.wording import Status, Wording, load_wording
from avrr_desktop.domain.money import Money

RESOURCES = Path(__file__).parents[2] / "resources"
FONTS = RESOURCES / "fonts"
WORDINGS = RESOURCES / "wording"
EN, FR = load_wording(WORDINGS, "en"), load_wording(WORDINGS, "fr")

LONG_NAME = "ANDRIANAMPOINIMERINATOMPOKOINDRINDRA MARIA DOS ANJOS DA CONCEIÇÃO HORVÁTHNÉ TÓTH"
assert len(LONG_NAME) == 80


def approved(wording: Wording) -> Wording:
    return replace(wording, status=Status.APPROVED, approved_by="Claire Moreau")


def cad(minor: int) -> Money:
    return Money("CAD", minor)


def plan_line(description: str, minor: int = 15_000, category: Category = Category.MATERIAL) -> PlanLine:
    return PlanLine(category, description, "Whole family", "2", date(2026, 12, 4), cad(minor))


PLAN = PlanValues(
    stamp=Stamp("7KM2-QX9R", 3, date(2026, 11, 24)),
    names=("HORVÁTH JÁNOS", "HORVÁTHNÉ KOVÁCS MÁRIA", "HORVÁTH BENCE"),
    destination="Miskolc, Hungary",
    goal="We want to sew work clothes at home and sell them on the Saturday market.",
    currency="CAD",
    lines=(
        plan_line("Two extra pieces, 23 kg each", 15_000, Category.LUGGAGE),
        plan_line("Glasses for Bence", 9_950, Category.HEALTH),
        plan_line("Industrial sewing machine", 285_000, Category.BUSINESS),
        replace(plan_line("Cutting table and press", 117_800, Category.BUSINESS), needed_by=None),
    ),
    ceiling=None,
    contact=Contact("Office in Budapest", "+36 1 555 0143", "Monday to Friday", "Nagymező utca 12, Budapest", 30, 6),
    signers=("HORVÁTH JÁNOS", "HORVÁTHNÉ KOVÁCS MÁRIA"),
    officer="Maya Tremblay",
)

TORONTO, ISTANBUL = timezone(timedelta(hours=-5)), timezone(timedelta(hours=3))

ITINERARY = itinerary.ItineraryValues(
    stamp=Stamp("H5R0-T8NW", 2, date(2026, 11, 24)),
    travellers=(
        itinerary.Traveller("AL-JABOURI ZAINAB HASSAN", 2, 23),
        itinerary.Traveller("AL-JABOURI MARIAM", 0, 0),
    ),
    legs=(
        itinerary.Leg(
            "TK 18",
            itinerary.Place("Toronto Pearson", "YYZ", "1"),
            itinerary.Place("Istanbul", "IST", ""),
            datetime(2026, 12, 4, 17, 55, tzinfo=TORONTO),
            datetime(2026, 12, 5, 11, 30, tzinfo=ISTANBUL),
            datetime(2026, 12, 4, 14, 55, tzinfo=TORONTO),
            "door C",
            "Samira waits with a blue folder.",
        ),
        itinerary.Leg(
            "TK 312",
            itinerary.Place("Istanbul", "IST", ""),
            itinerary.Place("Basra", "BSR", ""),
            datetime(2026, 12, 5, 15, 20, tzinfo=ISTANBUL),
            datetime(2026, 12, 5, 18, 35, tzinfo=ISTANBUL),
            None,
            "F 12",
        ),
    ),
    arrival=itinerary.Arrival("Exit hall", "A car takes you home."),
    phones=(
        itinerary.Phone(itinerary.Stage.BEFORE, "Toronto", "+1 416 555 0109", ""),
        itinerary.Phone(itinerary.Stage.NIGHT, "Toronto", "+1 416 555 0155", ""),
        itinerary.Phone(itinerary.Stage.WAY, "Istanbul", "+90 212 555 0177", "7 to 23 h"),
        itinerary.Phone(itinerary.Stage.AFTER, "Basra", "+964 780 555 0132", ""),
    ),
)

DECLARATION = declaration.DeclarationValues(
    stamp=Stamp("7KM2-QX9R", 1, date(2026, 11, 24)),
    adults=(declaration.Declarant("HORVÁTH JÁNOS", date(1984, 3, 1), "Passport BA 1234567"),),
    children=(declaration.Child("HORVÁTH BENCE", "HORVÁTH JÁNOS"),),
    country="Hongrie",
    country_mirror="Hungary",
    language="hongrois",
    language_mirror="Hungarian",
    interpreter="Éva Szabó",
    call_within_days=30,
    provided_within_months=6,
    consent_on=date(2026, 11, 20),
    officer="Maya Tremblay",
    has_thumbprint=True,
    text=declaration.draft_text(FR, with_interpreter=True),
    text_mirror=declaration.draft_text(EN, with_interpreter=True),
)

RECOVERY = recovery.RecoveryValues(
    "Toronto", "TOR-3", date(2026, 11, 24), ("K7QM2", "X9R4T", "8HN0W", "V3ZD6", "P1C5B", "J2YFG")
)

INTERVIEW = interview.InterviewValues(
    stamp=Stamp("7KM2-QX9R", None, date(2026, 11, 24)),
    reader=interview.Reader.RETURNEE,
    title="First interview",
    name="HORVÁTH JÁNOS",
    officer="Maya Tremblay",
    interpreter="Éva Szabó",
    language="Hungarian",
    begun_on=date(2026, 11, 20),
    completed_on=date(2026, 11, 24),
    parts=(
        interview.Head("Your family", 1),
        interview.Note("We talk at your pace."),
        interview.Head("Child 1 of 2", 2),
        interview.Entry("What is the child called?", "HORVÁTH BENCE"),
        interview.Entry("Does the child go to school?", "", interview.Given.DECLINED),
        interview.Head("Child 2 of 2", 2),
        interview.Head("At home", 3),
        interview.Entry("What is the child called?", "", interview.Given.OPEN),
        interview.Entry("Does the child go to school?", "", interview.Given.NOT_ASKED),
    ),
    lacks_sections=False,
    origin=interview.Origin("pre_departure", "2026112401", "c307e3965acc", "txb5f2uv2q2p62dzz7hbye6ph4"),
)


def draw_all(*, rehearsal: bool) -> dict[str, bytes]:
    """Make every paper in French with the English column."""
    return {
        "plan": plan.render(PLAN, wording=FR, mirror=EN, fonts=FONTS, rehearsal=rehearsal),
        "itinerary": itinerary.render(ITINERARY, wording=FR, mirror=EN, fonts=FONTS, rehearsal=rehearsal),
        "declaration": declaration.render(DECLARATION, wording=FR, mirror=EN, fonts=FONTS, rehearsal=rehearsal),
        "interview": interview.render(INTERVIEW, wording=FR, fonts=FONTS, rehearsal=rehearsal),
        "recovery": recovery.render(RECOVERY, wording=FR, mirror=EN, fonts=FONTS, rehearsal=rehearsal),
    }
