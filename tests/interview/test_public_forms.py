"""
Forms that others published, played as processes; what must come out is worked out here without the engine.

Compared is canonical XML with blanks between elements left out. Volatile, and so not compared: the text of
`instanceID`, a random uuid; its form is.
"""

import copy
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from avrr_desktop.interview.convert import compile_old_workbook
from avrr_desktop.interview.xform import load

Line = dict[str, object]

ROOT = Path(__file__).parents[2]
PUBLIC = Path(__file__).parent / "public"
FIXED = ("--now", "2026-03-10T12:00:00+01:00", "--timezone", "Europe/Paris")
XF, JR = "{http://www.w3.org/2002/xforms}", "{http://openrosa.org/javarosa}"
VERBS = {"answer", "set_language", "next", "back", "jump", "save_and_restore", "submission", "query"}
SKIPPED = re.compile(r"not\(selected\( (?P<path>\S+) , '(?P<choice>\w+)'\)\)")
MATCHED = re.compile(r"regex\( (?P<path>\S+) ,\s*'(?P<pattern>.*)'\)")
ARABIC = re.compile(r"[\u0600-\u06ff]")
"""Papers have no font for it; see `test_an_answer_no_font_of_the_papers_draws_is_named_and_nothing_is_printed`."""
UUID = re.compile(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def json_lines(text: str) -> list[Line]:
    # Not splitlines: an answer may hold a line separator of Unicode.
    return [json.loads(line) for line in text.split("\n") if line]


@dataclass(frozen=True)
class Published:
    """
    A published form with the interview played on it.

    Attributes:
        refused: Name of the node and value of each step that must be refused, in order.
        device: What the device knows, as properties.
        worked_out: Leaves the submission must hold though nobody answered them, by path below the root.
        submitted: Kinds of leaves in each submission, in order.
        verdicts: Messages of the judgements that found something wrong, in order.
        labels: At least so many labels must be printed.
    """

    folder: Path
    refused: tuple[tuple[str, object], ...]
    device: dict[str, str]
    worked_out: dict[str, str]
    submitted: tuple[int, ...]
    verdicts: tuple[str, ...]
    labels: int
    verbs: frozenset[str] = field(default=frozenset(VERBS))

    @cached_property
    def tree(self) -> Element:
        return ElementTree.parse(self.folder / "form.xml").getroot()

    @cached_property
    def steps(self) -> list[Line]:
        return json_lines(self.text("script.jsonl"))

    @cached_property
    def expected(self) -> list[Line]:
        return json_lines(self.text("expected.jsonl"))

    @cached_property
    def binds(self) -> dict[str, Element]:
        return {bind.attrib["nodeset"]: bind for bind in self.tree.iter(f"{XF}bind")}

    @cached_property
    def controls(self) -> dict[str, Element]:
        return {
            one.attrib["ref"]: one
            for one in self.tree[1].iter()
            if "ref" in one.attrib and one.find(f"{XF}label") is not None
        }

    @cached_property
    def texts(self) -> dict[str, dict[str, str | None]]:
        """What stands in the form by language and id; None where a value is to be filled in."""
        found: dict[str, dict[str, str | None]] = {}
        for translation in self.tree.iter(f"{XF}translation"):
            inside = found.setdefault(translation.attrib["lang"], {})
            for text in translation:
                plain = [value for value in text if "form" not in value.attrib and not len(value)]
                inside[text.attrib["id"]] = (plain[0].text or "") if plain else None
        return found

    @property
    def english(self) -> str:
        return next(one for one in self.texts if one.lower() == "english")

    @property
    def default(self) -> str:
        return next(one.attrib["lang"] for one in self.tree.iter(f"{XF}translation") if "default" in one.attrib)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def options(self) -> list[str]:
        return [*FIXED, *(word for name, value in self.device.items() for word in ("--property", f"{name}={value}"))]

    def is_refused(self, step: Line) -> bool:
        return step["step"] in ("answer", "add_repeat") and (name_of(step), step.get("value")) in self.refused

    def answers(self, before: int | None = None) -> dict[str, str]:
        """Return the last answer of each path that the form must have taken, as canonical text."""
        taken: dict[str, str] = {}
        for step in self.steps[:before]:
            if step["step"] == "answer" and not self.is_refused(step):
                value = step["value"]
                said = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
                taken[str(step["path"])] = said
        return taken

    def is_relevant(self, path: str, given: dict[str, str]) -> bool:
        """Judge a node by reading its binds and those of the groups around it, without any XPath engine."""
        parts = path.strip("/").split("/")
        for end in range(1, len(parts) + 1):
            bind = self.binds.get("/" + "/".join(parts[:end]))
            rule = "" if bind is None else bind.attrib.get("relevant", "")
            if skipped := SKIPPED.fullmatch(rule):
                if skipped["choice"] in given.get(skipped["path"], "").split():
                    return False
            elif matched := MATCHED.fullmatch(rule):
                if not re.search(matched["pattern"], given.get(matched["path"], "")):
                    return False
            else:
                assert rule == ""
        return True

    def template_leaves(self) -> list[str]:
        """Return the paths of the form's leaves, a repeat once."""
        instance = copy.deepcopy(next(self.tree.iter(f"{XF}instance")))
        for around in list(instance.iter()):
            for repeat in [child for child in around if f"{JR}template" in child.attrib]:
                around.remove(repeat)
        return [path for path, _text in leaves(instance[0])]

    def said_of(self, label: Element, language: str) -> str | None:
        """Return a label in a language, else in that of the form; None when it holds a value to fill in."""
        if "ref" not in label.attrib:
            return label.text
        name = label.attrib["ref"].split("'")[1]
        found = self.texts[language].get(name, "-")
        return self.texts[self.default].get(name) if found == "-" else found

    def english_labels(self) -> list[tuple[str, str]]:
        """Return path and English label of each control whose label holds no value to fill in, blanks made one."""
        said = [(path, self.said_of(one[0], self.english)) for path, one in self.controls.items() if path in self.binds]
        return [(path, " ".join(text.split())) for path, text in said if text]


SPEC = Published(
    PUBLIC / "xlsform_spec_test",
    refused=(
        ("a_integer", "ten"),
        ("repeat_test", None),
        ("date_test", "2026-02-30"),
        ("geopoint_test", "91 0"),
        ("calculate_test", "5"),
    ),
    device={"deviceid": "dev-1", "uri:deviceid": "imei:1", "phonenumber": "5550100"},
    worked_out={
        "everything/start": "2026-03-10T12:00:00.000+01:00",
        "everything/today": "2026-03-10",
        "everything/deviceid": "dev-1",
        "everything/uri_deviceid": "imei:1",
        "everything/phonenumber": "5550100",
        "everything/calculate_test": "4",
        "everything/repeat_test_count": "2",
        "meta/instanceName": "Ana",
    },
    submitted=(4, 50),
    verdicts=("", *("Custom required message.", "Sorry Ana, you can't select yes and no.") * 2),
    labels=30,
    verbs=frozenset(VERBS | {"add_repeat"}),
)
IRAQ = Published(
    PUBLIC / "iraq_questionnaire",
    refused=(
        ("A02", "thirty"),
        ("A02", 34.5),
        ("A99", "1"),
        ("B00", "heard"),
        ("D15", "x"),
        ("T03", "2018-02-30"),
        ("T03", "03/08/2014"),
    ),
    device={"username": "amal", "deviceid": "dev-1"},
    worked_out={
        "username": "amal",
        "start": "2026-03-10T12:00:00.000+01:00",
        "today": "2026-03-10",
        "deviceid": "dev-1",
    },
    submitted=(324, 324),
    verdicts=("",) * 5,
    labels=335,
)
BOTH = pytest.mark.parametrize("form", [SPEC, IRAQ], ids=lambda form: form.folder.name)


def name_of(step: Line) -> str:
    return str(step["path"]).rpartition("/")[2]


def command(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "avrr_desktop", "form", *words],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


@pytest.fixture(scope="module")
def played() -> dict[Path, list[Line]]:
    """What each played form answers, a line for each step."""
    found = {}
    for form in (SPEC, IRAQ):
        done = command("play", str(form.folder / "form.xml"), *form.options(), given=form.text("script.jsonl"))
        found[form.folder] = json_lines(done.stdout)
    return found


@pytest.fixture
def said(played: dict[Path, list[Line]], form: Published) -> list[Line]:
    return played[form.folder]


@pytest.fixture
def submissions(said: list[Line], form: Published) -> list[str]:
    """Each submission of the script, in order."""
    return [str(one["value"]) for step, one in zip(form.steps, said, strict=True) if step["step"] == "submission"]


def canonical(xml: str) -> str:
    return ElementTree.canonicalize(xml, strip_text=True)


def leaves(element: Element, path: str = "") -> list[tuple[str, str]]:
    """Return path and text of every leaf, in order."""
    here = f"{path}/{element.tag.rpartition('}')[2]}"
    if not len(element):
        return [(here, element.text or "")]
    return [leaf for child in element for leaf in leaves(child, here)]


def queries(form: Published) -> Iterator[tuple[int, str, str, str, object]]:
    """Yield of each query at a path: number of the step, subject, path without positions, language, stored answer."""
    language = form.default
    for at, (step, one) in enumerate(zip(form.steps, form.expected, strict=True)):
        if step["step"] == "set_language":
            language = str(one["value"])
        if step["step"] == "query" and "path" in step:
            yield at, str(step["what"]), re.sub(r"\[\d\]", "", str(step["path"])), language, one["value"]


@pytest.mark.parametrize(
    ("folder", "form", "licence"),
    [
        ("xlsform_spec_test", "form.xml", "Redistribution and use"),
        ("widgets", "form.xls", "Redistribution and use"),
        ("iraq_questionnaire", "form.xml", "Apache License"),
    ],
)
def test_the_files_are_the_ones_published(folder, form, licence):
    checksum = hashlib.sha256((PUBLIC / folder / form).read_bytes()).hexdigest()
    assert f"`{checksum}`" in (PUBLIC / folder / "ORIGIN.md").read_text(encoding="utf-8")
    assert licence in (PUBLIC / folder / "LICENSE").read_text(encoding="utf-8")


@BOTH
def test_the_script_uses_every_verb_of_an_interview(form):
    assert len(form.steps) > 80
    assert form.verbs == {str(step["step"]) for step in form.steps}


@BOTH
def test_each_step_answers_what_is_stored(form, said):
    compared = [
        {"ok": one["ok"]} if not one["ok"] or step["step"] == "submission" else one
        for step, one in zip(form.steps, said, strict=True)
    ]
    assert compared == form.expected


@BOTH
def test_the_played_interview_gives_the_stored_submission(form, submissions):
    stored, last = form.text("submission.xml"), submissions[-1]
    assert UUID.search(last)
    assert canonical(UUID.sub("uuid", stored)) == canonical(UUID.sub("uuid", last))
    assert canonical(UUID.sub("uuid", stored)) != canonical(UUID.sub("uuid", submissions[0]))


@BOTH
def test_the_stored_submission_holds_each_answer_given_and_what_the_device_knew(form):
    root = ElementTree.fromstring(form.text("submission.xml"))
    held: dict[str, list[str]] = {}
    for path, text in leaves(root):
        held.setdefault(path, []).append(text)
    given = form.answers()
    assert len(given) > 30
    for path, value in given.items():
        row = re.search(r"\[(\d)\]", path)
        assert held[re.sub(r"\[\d\]", "", path)][int(row[1]) - 1 if row else 0] == value
    above = f"/{root.tag}/"
    assert {name: held[above + name] for name in form.worked_out} == {
        name: [text] for name, text in form.worked_out.items()
    }


@BOTH
@pytest.mark.parametrize("which", [0, 1])
def test_exactly_the_nodes_whose_binds_say_so_are_submitted_in_the_order_of_the_form(form, submissions, which):
    before = [at for at, step in enumerate(form.steps) if step["step"] == "submission"]
    given = form.answers(before[which])
    wanted = [path for path in form.template_leaves() if form.is_relevant(path, given)]
    found = [path for path, _text in leaves(ElementTree.fromstring(submissions[which]))]
    assert list(dict.fromkeys(found)) == wanted
    assert [len(before), len(wanted)] == [len(form.submitted), form.submitted[which]]


@BOTH
def test_what_is_stored_of_labels_choices_and_flags_is_what_the_form_says(form):
    judged = 0
    for at, what, path, language, stored in queries(form):
        if what == "label" and (wanted := form.said_of(form.controls[path][0], language)) is not None:
            assert stored == wanted
        elif what == "choices":
            items = form.controls[path].findall(f"{XF}item")
            assert stored == [
                {"value": one.findtext(f"{XF}value"), "label": form.said_of(one[0], language)} for one in items
            ]
        elif what == "relevance":
            assert stored is form.is_relevant(path, form.answers(at))
        elif what in ("required", "readonly"):
            assert stored is (form.binds[path].attrib.get(what, "false()") == "true()")
        else:
            continue
        judged += 1
    assert judged > 10


@BOTH
def test_what_is_wrong_with_an_answer_is_told_and_what_cannot_be_one_is_refused(form, said):
    judged = [
        value["message"]
        for step, one in zip(form.steps, said, strict=True)
        if step.get("what") == "constraint" and isinstance(value := one["value"], dict) and not value["valid"]
    ]
    assert judged == list(form.verdicts)
    refused = [(name_of(step), step.get("value")) for step, one in zip(form.steps, said, strict=True) if not one["ok"]]
    assert refused == list(form.refused)


@BOTH
def test_the_played_form_prints_every_relevant_label(form, tmp_path):
    out, script = tmp_path / "played.pdf", tmp_path / "script.jsonl"
    kept = [step for step in form.steps if not form.is_refused(step) and not ARABIC.search(str(step.get("value")))]
    script.write_text("".join(json.dumps(step) + "\n" for step in kept), encoding="utf-8")
    words = ("--answers", str(script), "--out", str(out), "--notes")
    done = command("print", str(form.folder / "form.xml"), *words, *form.options())
    assert (done.returncode, done.stderr) == (0, "")
    text = printed(out)
    labels = [solid(label) for path, label in form.english_labels() if form.is_relevant(path, form.answers())]
    assert len(labels) >= form.labels
    # A label that others hold too must stand as often as all of them together.
    assert [one for one in set(labels) if text.count(one) < sum(other.count(one) for other in labels)] == []
    assert solid(form.tree.findtext(".//{http://www.w3.org/1999/xhtml}title", "")) in text


def test_an_answer_no_font_of_the_papers_draws_is_named_and_nothing_is_printed(tmp_path):
    out, script = tmp_path / "played.pdf", tmp_path / "script.jsonl"
    arabic = next(step for step in IRAQ.steps if ARABIC.search(str(step.get("value"))))
    script.write_text(json.dumps(arabic), encoding="utf-8")
    done = command("print", str(IRAQ.folder / "form.xml"), "--answers", str(script), "--out", str(out))
    assert done.returncode == 1
    assert "سمعت" in done.stdout + done.stderr
    assert not out.exists()


def printed(pdf: Path) -> str:
    """Return the words of a PDF in reading order, as `solid` makes them."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, encoding="utf-8", check=True)
    return solid(done.stdout)


def solid(text: str) -> str:
    """Leave out blanks, and hyphens, of which pdftotext drops one at the end of a line."""
    return re.sub(r"[\s-]", "", text)


def test_a_real_workbook_of_excel_97_compiles_and_loads():
    definition = load(compile_old_workbook((PUBLIC / "widgets" / "form.xls").read_bytes(), name="widgets").xform_xml)
    kinds = {question.type.split()[0] for question in definition.questions.values()}
    assert len(definition.questions) > 30
    assert {"integer", "decimal", "select_one", "select_multiple", "image", "geopoint"} <= kinds


def test_a_real_workbook_of_excel_97_passes_the_check_as_a_file():
    done = command("check", str(PUBLIC / "widgets" / "form.xls"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (0, True)
