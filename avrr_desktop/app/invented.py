"""Invented people of the rehearsal office. Nobody here is real; numbers are of ranges kept for fiction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Line = tuple[str, str, int, int]
"""Category, description, quantity, price each in cents."""
Flight = tuple[str, str, str, str, str]
"""Flight, from, "days time" of departure, to, "days time" of arrival; day 0 is eight days after the start."""

BUD: tuple[Flight, ...] = (
    ("AC 874", "YYZ", "0 17:55", "FRA", "1 07:40"),
    ("LH 1336", "FRA", "1 10:25", "BUD", "1 12:00"),
)
TBS: tuple[Flight, ...] = (
    ("TK 18", "YYZ", "0 22:10", "IST", "1 15:45"),
    ("TK 386", "IST", "1 19:20", "TBS", "1 22:45"),
)
ADD: tuple[Flight, ...] = (("ET 553", "YYZ", "0 10:45", "ADD", "1 07:15"),)
BSR: tuple[Flight, ...] = (
    ("TK 18", "YYZ", "0 22:10", "IST", "1 15:45"),
    ("TK 312", "IST", "1 20:40", "BSR", "1 23:50"),
)
MEX: tuple[Flight, ...] = (("AM 615", "YYZ", "0 15:35", "MEX", "0 19:40"),)
CKY: tuple[Flight, ...] = (
    ("AT 209", "YUL", "0 18:25", "CMN", "1 06:20"),
    ("AT 543", "CMN", "1 23:05", "CKY", "2 02:35"),
)
KIV: tuple[Flight, ...] = (
    ("LO 46", "YYZ", "0 19:20", "WAW", "1 10:05"),
    ("LO 765", "WAW", "1 13:30", "RMO", "1 16:10"),
)

SEWING: tuple[Line, ...] = (
    ("luggage", "Two extra pieces, 23 kg each", 2, 7500),
    ("onward", "Van from the airport to the village", 1, 8400),
    ("business", "Industrial sewing machine, second-hand", 1, 98000),
    ("housing", "Rent for three months", 3, 21000),
)
BAKERY: tuple[Line, ...] = (
    ("business", "Oven and dough mixer", 1, 118000),
    ("training", "Course in food hygiene", 1, 18000),
    ("material", "Beds and blankets", 2, 9500),
)
TAXI: tuple[Line, ...] = (
    ("onward", "Train to the home town", 1, 3800),
    ("business", "Driving licence and first insurance", 1, 62000),
    ("medical", "Check-up and glasses", 1, 21000),
)
SCHOOL: tuple[Line, ...] = (
    ("training", "School enrolment and books", 2, 17100),
    ("job_search", "Placement with an employment office", 1, 25000),
    ("legal", "Copies of certificates, certified", 1, 9000),
)


@dataclass(frozen=True, slots=True)
class Relative:
    """Someone who belongs to the family."""

    family_name: str
    given_names: str
    relation: str
    born_on: date
    citizenships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """A person, how they return, how long ago they were referred, and how far their case goes."""

    family_name: str
    given_names: str
    script_name: str
    sex: str
    born_on: date
    citizenships: tuple[str, ...]
    country: str
    place: str
    language: str
    return_kind: str
    group: str
    hours_ago: int
    stage: str
    phone: str = "+1 416 555 0100"
    goal: str = "To live close to my parents and to earn my own money."
    lines: tuple[Line, ...] = ()
    flights: tuple[Flight, ...] = ()
    family: tuple[Relative, ...] = field(default=())


def _one(
    name: str,
    script: str,
    sex: str,
    born: str,
    home: str,
    language: str,
    how: str,
    stage: str,
    hours: int,
    lines: tuple[Line, ...] = (),
    flights: tuple[Flight, ...] = (),
    family: tuple[Relative, ...] = (),
    citizenships: tuple[str, ...] = (),
    goal: str = "To live close to my parents and to earn my own money.",
) -> Invented:
    """Write a person in one row: "Family, Given"; "HU Miskolc"; "general unsuccessful_asylum_seeker"."""
    family_name, _comma, given = name.partition(", ")
    country, _space, place = home.partition(" ")
    kind, _blank, group = how.partition(" ")
    return Invented(
        family_name,
        given,
        script,
        sex,
        date.fromisoformat(born),
        citizenships or (country,),
        country,
        place,
        language,
        kind,
        group,
        hours,
        stage,
        phone=f"+1 416 555 01{hours % 90 + 10}",
        goal=goal,
        lines=lines,
        flights=flights,
        family=family,
    )


G1, G2, G3 = "general unsuccessful_asylum_seeker", "general irregular_migrant", "general refugee"
T1, T2, T3 = "tailored victim_of_trafficking", "tailored unaccompanied_child", "tailored other"
S = "stranded stranded_migrant"


def _horvath(given: str, relation: str, born: str, citizenships: tuple[str, ...] = ("HU",)) -> Relative:
    return Relative("Horváth", given, relation, date.fromisoformat(born), citizenships)


PEOPLE: tuple[Invented, ...] = (
    _one(
        "Horváth, Lászlóné", "", "F", "1992-02-14", "HU Miskolc", "hu", G1, "travelling", 320, SEWING, BUD,
        (_horvath("László", "spouse", "1989-05-02"), _horvath("Bence", "child", "2017-03-08"),
         _horvath("Zsófia", "child", "2022-06-19")),
        goal="To sew for the shops of Miskolc and to have both children in school by autumn.",
    ),
    _one("Beridze, Nino", "ნინო ბერიძე", "F", "1995-08-21", "GE Kutaisi", "ka", G1, "referred", 27),
    _one("Haddad, Samir", "سمير حدّاد", "M", "1987-01-30", "LB Tripoli", "ar", G2, "referred", 18),
    _one("Hernández, María José", "", "F", "1990-11-05", "MX Puebla", "es", G1, "referred", 3),
    _one("Nguyễn, Thị Lan", "", "F", "1984-04-17", "VN Huế", "vi", G2, "referred", 40),
    _one("Okonkwo, Adebayo", "", "M", "1981-09-09", "NG Ibadan", "en", G1, "agreed", 400, TAXI),
    _one(
        "Al-Jabouri, Samira", "سميرة الجبوري", "F", "1986-12-01", "IQ Basra", "ar", G3, "travelling", 300, BAKERY, BSR,
        (Relative("Al-Jabouri", "Yusuf", "child", date(2014, 2, 2), ("IQ",)),
         Relative("Al-Jabouri", "Huda", "child", date(2018, 7, 23), ("IQ",))),
        goal="To bake bread for the street where my mother lives.",
    ),
    _one("Tesfaye, Abebe", "አበበ ተስፋዬ", "M", "1993-05-25", "ET Adama", "am", G1, "travelling", 280, TAXI, ADD),
    _one("Kovalenko, Olena", "Олена Коваленко", "F", "1979-10-12", "UA Poltava", "uk", T3, "interviewed", 240),
    _one("Li, Xiaomei", "李小梅", "F", "1988-03-03", "CN Chengdu", "zh", G2, "enrolled", 260),
    _one("Rahimi, Farid", "فرید رحیمی", "M", "1998-06-30", "AF Herat", "fa", S, "enrolled", 250),
    _one("Boateng, Kwame", "", "M", "1983-02-27", "GH Kumasi", "en", G1, "withdrawn", 330),
    _one("Gelashvili, Giorgi", "გიორგი გელაშვილი", "M", "1991-07-14", "GE Batumi", "ka", G1, "planning", 290, BAKERY),
    _one("Petrenko, Andrii", "Андрій Петренко", "M", "1985-12-19", "UA Odesa", "uk", S, "planning", 270, SCHOOL),
    _one("Wang, Jianguo", "王建国", "M", "1975-01-08", "CN Harbin", "zh", G2, "interviewing", 120),
    _one("Hailu, Selam", "ሰላም ኃይሉ", "F", "2000-09-11", "ET Mekelle", "ti", T1, "interviewed", 210),
    _one("Mansour, Karim", "كريم منصور", "M", "1990-04-04", "SY Homs", "ar", G3, "interviewing", 96),
    _one("Szabó, Éva", "", "F", "1969-03-15", "HU Pécs", "hu", G1, "agreed", 380, SCHOOL),
    _one("Novák, Petr", "", "M", "1988-08-08", "CZ Ostrava", "cs", G1, "contacted", 60),
    _one("Kovačević, Ivana", "", "F", "1994-05-31", "HR Osijek", "hr", G1, "contacted", 70),
    _one("Varga, Ján", "", "M", "1972-11-23", "SK Košice", "sk", G1, "declined", 200),
    _one("García López, Ana", "", "F", "1996-02-16", "CO Cali", "es", T3, "contacted", 45),
    _one("Martínez, Julio", "", "M", "1982-07-07", "HN Choluteca", "es", G1, "enrolled", 230),
    _one("Joseph, Marie-Ange", "", "F", "1987-06-12", "HT Jacmel", "ht", G2, "interviewing", 80),
    _one("Diallo, Mamadou", "", "M", "1999-01-20", "GN Kankan", "fr", S, "travelling", 260, TAXI, CKY),
    _one("Camara, Aïssatou", "", "F", "1993-03-28", "GN Conakry", "fr", S, "planning", 220, SEWING),
    _one("Ivanova, Elena", "Елена Иванова", "F", "1980-05-05", "MD Bălți", "ru", G1, "travelling", 310, SCHOOL, KIV),
    _one("Petrosyan, Ani", "", "F", "1997-09-27", "AM Gyumri", "hy", G1, "interviewed", 190),
    _one("Hosseini, Reza", "رضا حسینی", "M", "1978-08-16", "IR Shiraz", "fa", G3, "contacted", 50),
    _one("Zhang, Wei", "张伟", "M", "1992-12-24", "CN Wuhan", "zh", G2, "referred", 9),
    _one("Bekele, Tigist", "ትግስት በቀለ", "F", "1989-10-02", "ET Gondar", "am", T3, "planning", 205, BAKERY),
    _one("Kapanadze, Tamar", "თამარ კაპანაძე", "F", "1983-04-09", "GE Gori", "ka", G1, "travelling", 295, SEWING, TBS),
    _one("Al-Masri, Omar", "عمر المصري", "M", "1974-02-11", "EG Asyut", "ar", G2, "declined", 180),
    _one("Santos, Paulo", "", "M", "1986-06-06", "PT Braga", "pt", G2, "referred", 14),
    _one("Nagy, Krisztián", "", "M", "2009-08-30", "HU Győr", "hu", T2, "contacted", 55),
    _one("Tremblay-Osei, Grace", "", "F", "1985-01-17", "GH Accra", "en", G1, "citizen", 90, citizenships=("CA", "GH")),
    _one("Ramírez, Lucía", "", "F", "1991-10-29", "MX Oaxaca", "es", G1, "travelling", 240, BAKERY, MEX),
    _one("Hussein, Fadumo", "", "F", "1995-03-19", "SO Kismayo", "so", S, "interviewed", 160),
    _one("Shevchenko, Maksym", "Максим Шевченко", "M", "1990-07-01", "UA Lviv", "uk", G1, "interviewing", 75),
    _one("Chen, Yulan", "陈玉兰", "F", "1963-05-20", "CN Xiamen", "zh", G2, "withdrawn", 225),
    _one("Girma, Dawit", "ዳዊት ግርማ", "M", "1988-11-11", "ET Hawassa", "am", S, "agreed", 350, TAXI),
    _one("Lomidze, Irakli", "ირაკლი ლომიძე", "M", "1976-09-03", "GE Telavi", "ka", G1, "referred", 22),
    _one("Abdullah, Noor", "نور عبد الله", "F", "1994-12-08", "IQ Mosul", "ar", T1, "contacted", 38),
    _one("Petrov, Dimitar", "Димитър Петров", "M", "1981-04-26", "BG Pleven", "bg", G2, "enrolled", 215),
    _one("Smith-Charles, Alicia", "", "F", "1992-01-31", "LC Soufrière", "en", G1, "planning", 198, SCHOOL),
)  # fmt: skip
"""Forty-five people; the first ones are the cases of the screenshots."""
