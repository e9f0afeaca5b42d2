"""`cases`, `print` and `check` as processes on a rehearsal office: what they say, what they refuse, what they leave."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from avrr_desktop.app.rehearsal_home import PASSPHRASE, Rehearsal, set_up_rehearsal
from avrr_desktop.cli.notices import EXAMPLES, LINES
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services import lists
from avrr_desktop.services.opening import Sitting
from avrr_desktop.store.errors import StoreFailure

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from avrr_desktop.app.main import main
code = main(sys.argv[1:])
heavy = sorted({"PySide6", "shiboken6"} & set(sys.modules))
sys.exit(f"loaded {heavy}" if heavy else code)
"""
"""The command as installed, and nothing of Qt loaded when it has run."""


@dataclass(frozen=True)
class Home:
    """A rehearsal office that is closed, with the numbers of its cases by name."""

    folder: Path
    rehearsal: Rehearsal
    numbers: dict[str, str]
    signed: str
    plain: str

    def look(self):
        """Open it in this process; the caller closes."""
        return self.rehearsal.wiring.open(self.rehearsal.unlocked)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    folder = tmp_path_factory.mktemp("office")
    rehearsal = set_up_rehearsal(folder)
    session = rehearsal.wiring.open(rehearsal.unlocked)
    sitting: Sitting = session.sitting
    rows = lists.case_rows(sitting.desk, sitting.actor, rehearsal.cases)
    session.close()
    signed = next(row.number for row in rows if row.next_step == "travel")
    plain = next(row.number for row in rows if row.next_step == "interview")
    return Home(folder, rehearsal, {row.title: row.number for row in rows}, signed, plain)


def run(
    home: Home, *words: str, officer: str = "Maya Tremblay", passphrase: str = PASSPHRASE, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a verb with the passphrase on standard input."""
    entry = ["--store", str(folder or home.folder), "--passphrase-stdin"]
    return subprocess.run(
        [sys.executable, "-c", RUN, words[0], *entry, *(["--officer", officer] if officer else []), *words[1:]],
        input=passphrase + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        timeout=60,
    )


def told(done: subprocess.CompletedProcess[str]) -> list[dict]:
    """Return the lines of a run with --json."""
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_open_cases_are_listed_with_running_clocks_first(home):
    done = run(home, "cases")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[-1] == f"cases: {len(lines) - 1}"
    assert len(lines) > 30
    dues = [line.partition(" due ")[2].split()[0] for line in lines[:-1]]
    running = [due for due in dues if due != "-"]
    assert running
    assert dues[: len(running)] == sorted(running)


def test_a_few_letters_find_a_case_and_json_tells_it_by_value(home):
    title = next(title for title in home.numbers if title.startswith("Karim"))
    row, count = told(run(home, "cases", "kar", "mans", "--json"))
    assert (row["number"], row["title"], row["stage"]) == (home.numbers[title], title, "contacted")
    assert (row["code"], row["failed"], row["due_at"]) == ("cases.row", False, None)
    assert count == {"code": "cases.counted", "failed": False, "cases": 1}


def test_nothing_found_is_not_a_failure(home):
    done = run(home, "cases", "zzzzzz")
    assert (done.returncode, done.stdout) == (0, "cases: 0\n")


def test_the_ended_cases_are_another_list(home):
    ended = told(run(home, "cases", "--list", "ended", "--json"))[:-1]
    assert ended
    assert {row["next_step"] for row in ended} == {"ended"}


def test_the_clock_is_hidden_from_whoever_may_not_read_it(home):
    rows = told(run(home, "cases", "--json", officer="Idris Bello"))[:-1]
    assert rows
    assert {row["due_at"] for row in rows} == {None}


@pytest.mark.parametrize("spell", [str, str.lower, lambda n: n.replace("-", ""), lambda n: n.replace("0", "O")])
def test_a_case_number_is_understood_in_any_spelling(home, spell):
    session = home.look()
    try:
        desk, actor = session.sitting.desk, session.sitting.actor
        for title, number in home.numbers.items():
            found = lists.case_numbered(desk, actor, spell(number))
            assert lists.case_rows(desk, actor, [found])[0].title == title
            _, _, body, check = number.split("-")
            assert lists.case_numbered(desk, actor, spell(f"{body[:4]}-{body[4:]}{check}")) == found
        for half in (number[:-1], number[:6], "", "-", title):
            with pytest.raises(Expected, match=r"case\.missing"):
                lists.case_numbered(desk, actor, spell(half))
    finally:
        session.close()


def test_a_printed_plan_is_saved_and_in_the_audit_trail(home, tmp_path):
    _, _, body, check = home.signed.split("-")
    words = ("--paper", "plan", "--language", "fr", "--without-amounts", "--output", str(tmp_path / "out"), "--json")
    done = run(home, "print", f"{body}{check}".lower(), *words)
    made = told(done)[0]
    assert (done.returncode, made["code"], made["paper"], made["language"]) == (0, "print.made", "plan", "fr")
    file = Path(made["file"])
    assert [file] == list((tmp_path / "out").iterdir())
    paper = pypdfium2.PdfDocument(file)
    text = "".join(paper[n].get_textpage().get_text_range() for n in range(len(paper)))
    assert len(paper) == made["pages"]
    paper.close()
    assert f"{body[:4]}-{body[4:]}{check}" in text
    assert "CA$" not in text
    for word in (title for title, number in home.numbers.items() if number == home.signed):
        assert word in " ".join(text.split())
        assert not any(part.lower() in file.name.lower() for part in word.split())
    session = home.look()
    row = next(row for row in reversed(session.sitting.desk.store.audit_trail.entries()) if row.event == "print")
    assert (row.officer, row.params["how"]) == (session.sitting.actor.officer, "saved")
    assert (row.params["paper"], row.params["language"], row.params["version"]) == ("plan", "fr", made["version"])
    session.close()


def test_the_itinerary_and_the_declaration_are_made_as_well(home, tmp_path):
    for paper in ("itinerary", "declaration"):
        done = run(home, "print", home.signed, "--paper", paper, "--output", str(tmp_path))
        assert done.returncode == 0, done.stdout
        assert done.stdout.startswith(f"ok      {tmp_path}/{paper}-")


def test_a_paper_that_is_not_ready_fails_and_leaves_nothing(home, tmp_path):
    done = run(home, "print", home.plain, "--paper", "plan", "--output", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (1, LINES["plan.empty"] + "\n")
    assert not (tmp_path / "out").exists()


def test_a_case_nobody_knows_fails(home):
    done = run(home, "print", "TOR-26-0000000-T", "--paper", "plan")
    assert (done.returncode, done.stdout) == (1, LINES["case.missing"] + "\n")
    done = run(home, "print", "TOR-26-0000000-1", "--paper", "plan")
    assert (done.returncode, done.stdout) == (1, LINES["case.number_mistyped"] + "\n")


def test_a_folder_that_cannot_be_written_fails(home, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run(home, "print", home.signed, "--paper", "plan", "--output", str(tmp_path / "file"), "--json")
    assert (done.returncode, told(done)[0]["code"]) == (1, "file.not_written")


def test_a_role_that_may_not_read_the_plan_is_refused(home, tmp_path):
    done = run(home, "print", home.signed, "--paper", "plan", "--output", str(tmp_path), officer="Idris Bello")
    assert done.returncode == 3
    assert done.stdout.startswith("refused ")
    assert list(tmp_path.iterdir()) == []
    session = home.look()
    entries = session.sitting.desk.store.audit_trail.entries()
    session.close()
    refused = [row.params for row in entries if row.event == "refused"]
    assert refused[-1:] == [{"section": "reint", "verb": "papers.prepare_paper"}]


def test_a_wrong_passphrase_is_locked_out(home):
    done = run(home, "cases", passphrase="not this one")
    assert (done.returncode, done.stdout) == (3, LINES["keys.wrong_passphrase"] + "\n")


@pytest.mark.parametrize(("officer", "code"), [("", "usage.which_officer"), ("Nobody Here", "usage.no_such_officer")])
def test_an_unclear_officer_is_a_matter_of_usage(home, officer, code):
    done = run(home, "cases", "--json", officer=officer)
    assert (done.returncode, told(done)[0]["code"]) == (2, code)
    assert "Maya Tremblay" in told(done)[0]["officers"]


def test_only_a_plan_is_made_without_amounts(home):
    done = run(home, "print", home.signed, "--paper", "itinerary", "--without-amounts")
    assert done.returncode == 2
    assert run(home, "print", home.signed, "--paper", "letter").returncode == 2


def test_no_passphrase_at_all_is_a_matter_of_usage(home):
    assert run(home, "cases", passphrase="").returncode == 2
    words = [sys.executable, "-c", RUN, "cases", "--store", str(home.folder), "--officer", "Maya Tremblay"]
    done = subprocess.run(
        words, input=PASSPHRASE, capture_output=True, text=True, check=False, cwd=ROOT, start_new_session=True
    )
    assert (done.returncode, done.stdout) == (2, LINES["usage.no_terminal"] + "\n")


def test_a_terminal_is_asked_and_shows_nothing_of_the_passphrase(home):
    words = [sys.executable, "-c", RUN, "cases", "horv", "--store", str(home.folder), "--officer", "maya tremblay"]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(words[0], words)
    shown = read_until(terminal, b"Password: ")
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    shown += read_until(terminal, b"cases: 1")
    _pid, status = os.waitpid(child, 0)
    os.close(terminal)
    assert PASSPHRASE.split()[0].encode() not in shown
    assert "Horváth".encode() in shown
    assert os.waitstatus_to_exitcode(status) == 0


def read_until(terminal: int, wanted: bytes) -> bytes:
    """Read what a terminal shows until *wanted* is there."""
    shown = b""
    while wanted not in shown:
        assert select.select([terminal], [], [], 30)[0], shown
        shown += os.read(terminal, 4096)
    return shown


def test_a_folder_without_an_office_is_named_and_left_unmade(home, tmp_path):
    done = run(home, "check", folder=tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, f"failed  there is no office in {tmp_path}/nowhere\n")
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_open_elsewhere_is_left_alone(home):
    session = home.look()
    try:
        done = run(home, "cases", "--json")
    finally:
        session.close()
    assert (done.returncode, told(done)[0]["code"]) == (1, "store.in_use")


def test_a_whole_office_passes_every_check(home):
    done = run(home, "check", officer="Claire Moreau")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ok"] * 4
    codes = [line["code"] for line in told(run(home, "check", "--json"))]
    assert codes == ["check.seals", "check.structure", "check.trail", "check.rebuild"]


def test_a_changed_byte_fails_the_check_and_names_the_page(home, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(home.folder, copy)
    session = home.look()
    reader = session.sitting.desk.store._file.reader
    # A page that neither opening nor closing reads.
    page = reader.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quarantine'").fetchone()[0]
    session.close()
    with open(copy / "data" / "office" / "office.db", "r+b") as file:
        file.seek((page - 1) * 4096 + 1000)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    done = run(home, "check", "--json", folder=copy)
    seals, *_, last = told(done)
    assert (done.returncode, seals["code"], last["code"]) == (1, "check.seals_broken", "check.not_compared")
    assert seals["pages"] == [page]


def test_every_verb_shows_an_example_in_its_help():
    for verb in ("cases", "print", "check"):
        done = subprocess.run(
            [sys.executable, "-m", "avrr_desktop", verb, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
        )
        assert EXAMPLES[verb] in done.stdout
        assert "--passphrase-stdin" in done.stdout


def test_every_failure_on_the_way_has_its_line():
    """What opening, unlocking and making papers may refuse is said in words."""
    known = {kind.CODE for kind in _below(StoreFailure)} - {"store.exists"}
    known = {code for code in known if not code.startswith("store.blob_")}
    known |= {"role.refused", "officer.inactive", "paper.no_wording", "paper.not_printable", "paper.harmful_word"}
    assert known <= set(LINES)
    assert len(known) > 15


def _below(kind: type) -> set[type]:
    return {one for child in kind.__subclasses__() for one in {child, *_below(child)}}


def test_an_interview_is_printed_and_options_of_its_own_go_with_no_other_paper(home, tmp_path):
    done = run(home, "print", home.signed, "--paper", "interview", "--number", "1", "--output", str(tmp_path), "--json")
    made = told(done)[0]
    assert (done.returncode, made["paper"]) == (0, "interview")
    paper = pypdfium2.PdfDocument(made["file"])
    text = "".join(paper[n].get_textpage().get_text_range() for n in range(len(paper)))
    paper.close()
    assert "This paper stays in the office." in " ".join(text.split())
    assert run(home, "print", home.signed, "--paper", "plan", "--read-back").returncode == 2
    assert run(home, "print", home.signed, "--paper", "interview", "--number", "9").returncode == 2


def test_an_interview_is_refused_to_who_may_not_read_it(home, tmp_path):
    words = ("--paper", "interview", "--output", str(tmp_path))
    done = run(home, "print", home.signed, *words, officer="Idris Bello")
    assert (done.returncode, list(tmp_path.iterdir())) == (3, [])
