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
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from avrr_desktop.interview.convert import compile_old_workbook
from avrr_desktop.interview.xform import load

ROOT = Path(__file__).parents[2]
PUBLIC = Path(__file__).parent / "public"
SPEC = PUBLIC / "xlsform_spec_test"
FIXED = ("--now", "2026-03-10T12:00:00+01:00", "--timezone", "Europe/Paris")
DEVICE = {"deviceid": "dev-1", "uri:deviceid": "imei:1", "phonenumber": "5550100"}
STEPS = [json.loads(line) for line in (SPEC / "script.jsonl").read_text(encoding="utf-8").splitlines()]
FORM = ElementTree.parse(SPEC / "form.xml")
XF, JR = "{http://www.w3.org/2002/xforms}", "{http://openrosa.org/javarosa}"
BINDS = {bind.attrib["nodeset"]: bind for bind in FORM.iter(f"{XF}bind")}
REFUSED = ["ten", "2026-02-30", "91 0"]
"""Values of the script that are not what their questions ask for."""
UUID = re.compile(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


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


def options() -> list[str]:
    return [*FIXED, *(word for name, value in DEVICE.items() for word in ("--property", f"{name}={value}"))]


@pytest.fixture(scope="module")
def said() -> list[dict[str, object]]:
    """What the played form answers, a line for each step."""
    done = command("play", str(SPEC / "form.xml"), *options(), given=(SPEC / "script.jsonl").read_text("utf-8"))
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def submissions(said: list[dict[str, object]]) -> list[str]:
    """Both submissions: after "skip to end", and the last one."""
    return [str(one["value"]) for step, one in zip(STEPS, said, strict=True) if step["step"] == "submission"]


def canonical(xml: str) -> str:
    return ElementTree.canonicalize(xml, strip_text=True)


def leaves(element: Element, path: str = "") -> list[tuple[str, str]]:
    """Return path and text of every leaf, in order."""
    here = f"{path}/{element.tag.rpartition('}')[2]}"
    if not len(element):
        return [(here, element.text or "")]
    return [leaf for child in element for leaf in leaves(child, here)]


def steps(kind: str) -> list[dict[str, object]]:
    return [step for step in STEPS if step["step"] == kind]


def answers(before: int | None = None) -> dict[str, str]:
    """Return the last answer of each path that the form must have taken, as canonical text."""
    taken: dict[str, str] = {}
    for step in STEPS[:before]:
        value = step.get("value")
        if step["step"] == "answer" and value not in REFUSED and not str(step["path"]).endswith("/calculate_test"):
            taken[str(step["path"])] = " ".join(value) if isinstance(value, list) else str(value)
    return taken


def relevant(path: str, given: dict[str, str]) -> bool:
    """Judge a node by reading its binds and those of the groups around it, without any XPath engine."""
    parts = path.strip("/").split("/")
    for end in range(1, len(parts) + 1):
        bind = BINDS.get("/" + "/".join(parts[:end]))
        rule = "" if bind is None else bind.attrib.get("relevant", "")
        if rule == "not(selected( /xlsform_spec_test/skip_to_end , 'yes'))":
            if "yes" in given.get("/xlsform_spec_test/skip_to_end", "").split():
                return False
        elif rule.startswith("regex( /xlsform_spec_test/everything/address ,"):
            pattern = rule.partition("'")[2].rpartition("'")[0]
            if not re.search(pattern, given.get("/xlsform_spec_test/everything/address", "")):
                return False
        else:
            assert rule == ""
    return True


def template_leaves() -> list[str]:
    """Return the paths of the form's leaves, the repeat once."""
    instance = copy.deepcopy(next(FORM.iter(f"{XF}instance")))
    around, repeat = next((one, child) for one in instance.iter() for child in one if f"{JR}template" in child.attrib)
    around.remove(repeat)
    return [path for path, _text in leaves(instance[0])]


def test_the_files_are_the_ones_published():
    for folder, name in ((SPEC, "form.xml"), (PUBLIC / "widgets", "form.xls")):
        checksum = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert f"`{checksum}`" in (folder / "ORIGIN.md").read_text(encoding="utf-8")
        assert "Redistribution and use" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_the_script_uses_every_verb_of_an_interview():
    assert len(STEPS) > 80
    verbs = {"answer", "add_repeat", "set_language", "next", "back", "jump", "save_and_restore", "submission", "query"}
    assert verbs == {str(step["step"]) for step in STEPS}


def test_the_played_interview_gives_the_stored_submission(submissions):
    stored, last = (SPEC / "submission.xml").read_text(encoding="utf-8"), submissions[-1]
    assert UUID.search(last)
    assert canonical(UUID.sub("uuid", stored)) == canonical(UUID.sub("uuid", last))
    assert canonical(UUID.sub("uuid", stored)) != canonical(UUID.sub("uuid", submissions[0]))


def test_the_stored_submission_holds_each_answer_given_and_what_the_device_knew():
    stored = leaves(ElementTree.fromstring((SPEC / "submission.xml").read_text(encoding="utf-8")))
    held: dict[str, list[str]] = {}
    for path, text in stored:
        held.setdefault(path, []).append(text)
    given = answers()
    assert len(given) > 30
    for path, value in given.items():
        row = re.search(r"\[(\d)\]", path)
        assert held[re.sub(r"\[\d\]", "", path)][int(row[1]) - 1 if row else 0] == value
    inside = "/xlsform_spec_test/everything/"
    worked_out = {
        "start": "2026-03-10T12:00:00.000+01:00",
        "today": "2026-03-10",
        "deviceid": "dev-1",
        "uri_deviceid": "imei:1",
        "phonenumber": "5550100",
        "calculate_test": "4",
        "repeat_test_count": "2",
    }
    assert {name: held[inside + name] for name in worked_out} == {name: [text] for name, text in worked_out.items()}
    assert held["/xlsform_spec_test/meta/instanceName"] == ["Ana"]


@pytest.mark.parametrize("which", [0, -1])
def test_exactly_the_nodes_whose_binds_say_so_are_submitted(submissions, which):
    before = [at for at, step in enumerate(STEPS) if step["step"] == "submission"][which]
    given = answers(before)
    expected = {path for path in template_leaves() if relevant(path, given)}
    found = {path for path, _text in leaves(ElementTree.fromstring(submissions[which]))}
    assert expected == found
    assert len(template_leaves()) > 45
    assert (len(expected) < 5) == (which == 0)


def test_what_the_form_says_on_the_way_is_what_its_binds_say(said):
    seen = [
        (step.get("what"), str(step["path"]).rpartition("/")[2], one["value"])
        for step, one in zip(STEPS, said, strict=True)
        if step["step"] == "query" and step.get("path")
    ]
    relevance = [(name, value) for what, name, value in seen if what == "relevance"]
    assert relevance == [
        ("my_name", True),
        ("my_name", False),
        ("my_name", True),
        ("email_note", False),
        ("email_note", True),
    ]
    judged = [value["message"] for what, name, value in seen if what == "constraint" and not value["valid"]]
    assert judged == ["", *("Custom required message.", "Sorry Ana, you can't select yes and no.") * 2]
    refused = [str(step["path"]).rpartition("/")[2] for step, one in zip(STEPS, said, strict=True) if not one["ok"]]
    assert refused == ["a_integer", "repeat_test", "date_test", "geopoint_test", "calculate_test"]


def test_the_played_form_prints_every_relevant_label(tmp_path):
    out = tmp_path / "spec.pdf"
    words = ("--answers", str(SPEC / "script.jsonl"), "--out", str(out), "--notes")
    script = [json.dumps(step) for step in STEPS if step.get("value") not in REFUSED]
    kept = [line for line in script if "add_repeat" not in line and '"value": "5"' not in line]
    (tmp_path / "script.jsonl").write_text("\n".join(kept), encoding="utf-8")
    words = ("--answers", str(tmp_path / "script.jsonl"), *words[2:])
    done = command("print", str(SPEC / "form.xml"), *words, *options())
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(
        subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout.split()
    )
    labels = [label for path, label in english_labels().items() if relevant(path, answers())]
    assert len(labels) >= 30
    assert [label for label in labels if label not in text] == []
    assert "Spec test" in text


def english_labels() -> dict[str, str]:
    """Return the English labels of the form's controls that hold no value to fill in, blanks made one."""
    translation = next(one for one in FORM.iter(f"{XF}translation") if one.attrib["lang"] == "english")
    found = {}
    for text in translation:
        path, _colon, kind = text.attrib["id"].rpartition(":")
        plain = [value for value in text if "form" not in value.attrib and not len(value)]
        if kind == "label" and path in BINDS and plain:
            found[path] = " ".join((plain[0].text or "").split())
    return found


def test_a_real_workbook_of_excel_97_compiles_and_loads():
    definition = load(compile_old_workbook((PUBLIC / "widgets" / "form.xls").read_bytes(), name="widgets").xform_xml)
    kinds = {question.type.split()[0] for question in definition.questions.values()}
    assert len(definition.questions) > 30
    assert {"integer", "decimal", "select_one", "select_multiple", "image", "geopoint"} <= kinds


def test_a_real_workbook_of_excel_97_passes_the_check_as_a_file():
    done = command("check", str(PUBLIC / "widgets" / "form.xls"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (0, True)
