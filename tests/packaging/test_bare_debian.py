"""The bare Debian gets this machine's package settings, and gives back papers that are not blank."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import chroot  # noqa: E402 - lies outside any package
import handover  # noqa: E402
import proof  # noqa: E402
from machine import Machine  # noqa: E402
from PIL import Image  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

TARGETS = """\
http://updates.example/debian-security/ bookworm-security main
http://mirror.example/debian/ bookworm-updates main
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm contrib
"""


def linux(is_root: bool = True, platform: str = "linux", **answers: tuple[int, str]) -> Machine:
    def ask(argv: Sequence[str]) -> tuple[int, str]:
        return answers.get(argv[0].replace("-", "_"), (0, ""))

    return Machine(platform, {"HOME": "/nowhere"}, is_root, lambda name: name, lambda argv: ask(argv)[0], ask)


def test_the_mirror_is_the_one_apt_uses_for_the_suite() -> None:
    """Security archives hold no base system."""
    assert handover.debian_mirror(linux(apt_get=(0, TARGETS))) == "http://mirror.example/debian"


def test_another_releases_mirror_serves_too_but_another_distributions_does_not() -> None:
    """A Debian mirror carries every release below the same address."""
    newer = "http://mirror.example/debian trixie main\n"
    other = "http://mirror.example/ubuntu noble main\n"
    assert handover.debian_mirror(linux(apt_get=(0, other + newer))) == "http://mirror.example/debian"
    assert handover.debian_mirror(linux(apt_get=(0, other))) is None
    assert handover.debian_mirror(linux(apt_get=(127, ""))) is None


def test_settings_are_gathered_from_variables_files_and_apt(tmp_path: Path) -> None:
    """Everything by which this machine reaches its packages, nothing else."""
    home, etc, wheels = tmp_path / "home", tmp_path / "etc", tmp_path / "wheels"
    index = tmp_path / "mirror" / "simple"
    for folder in (home / ".config/pip", etc / "xdg/pip", wheels, index):
        folder.mkdir(parents=True)
    (home / ".config/pip/pip.conf").write_text(f"[global]\nextra-index-url = file://{index}\n")
    (etc / "pip.conf").write_text("[global]\ntimeout = 9\n")
    (tmp_path / "ca.pem").write_text("certificate")
    dump = (
        'Acquire::http::Proxy "http://proxy.example:3128";\nAPT::Sandbox::User "x";\nAcquire::cdrom::mount "/media";\n'
    )
    machine = linux(apt_config=(0, dump))
    environ = {
        "PIP_FIND_LINKS": str(wheels),
        "PIP_CERT": str(tmp_path / "ca.pem"),
        "https_proxy": "http://proxy.example:3128",
        "SECRET": "no",
    }
    found = handover.gather(Machine("linux", environ, True, machine.which, machine.run, machine.ask), home, etc)
    assert set(found.environ) == {"PIP_FIND_LINKS", "PIP_CERT", "https_proxy"}
    assert {"/etc/pip.conf", f"{handover.HOME}/.config/pip/pip.conf", str(tmp_path / "ca.pem")} <= set(found.files)
    assert found.files["/etc/apt/apt.conf.d/99machine"].decode() == dump.splitlines()[0] + "\n"
    assert found.folders == [tmp_path / "mirror", wheels]


def test_system_folders_and_folders_inside_others_are_not_mounted(tmp_path: Path) -> None:
    """A mount over /etc would hide the bare system's own."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    texts = ["/etc/ssl/certs", f"{tmp_path}/a {tmp_path}/a/b", "/no/such/place"]
    assert handover.named_places(texts) == ((), (tmp_path / "a",))


def test_the_run_inside_has_its_own_mounts_and_a_clean_environment(tmp_path: Path) -> None:
    """Mounts end with the namespace; folders of the machine are read-only; no display goes along."""
    folder = tmp_path / "a b"
    words = chroot.namespace_words(tmp_path / "debian", handover.Handover({"PIP_X": "1 2"}, {}, [folder]), ("demo",))
    assert words[:4] == ["unshare", "--mount", "--propagation", "private"]
    assert "remount,bind,ro" in words[-1]
    assert "env -i" in words[-1]
    assert "DISPLAY" not in words[-1]
    assert subprocess.run(["sh", "-n", "-c", words[-1]], check=False).returncode == 0


@pytest.mark.parametrize(
    ("machine", "reason"),
    [
        (linux(is_root=False, apt_get=(0, TARGETS)), "root"),
        (linux(platform="darwin", apt_get=(0, TARGETS)), "root"),
        (linux(apt_get=(0, "")), "mirror"),
        (linux(apt_get=(0, TARGETS), unshare=(1, "")), "namespace"),
    ],
)
def test_where_it_cannot_be_done_it_says_why(
    machine: Machine, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and a code that fails."""
    assert chroot.demo_bare(machine, ROOT, tmp_path / "out") == 1
    assert reason in capsys.readouterr().out


def _demo_files(folder: Path, ink: bool) -> Path:
    folder.mkdir(parents=True)
    paper = Canvas(str(folder / "paper.pdf"))
    paper.drawString(100, 700, "first page")
    paper.showPage()
    if ink:
        paper.drawString(100, 700, "second page")
    paper.showPage()
    paper.save()
    picture = Image.new("RGB", (20, 20), "white")
    if ink:
        picture.putpixel((3, 3), (0, 0, 0))
    picture.save(folder / "screen.png")
    return folder


def test_papers_and_pictures_with_ink_pass_the_proof(tmp_path: Path) -> None:
    """The control of the next test."""
    assert proof.complaints(_demo_files(tmp_path / "demo", ink=True)) == ()


def test_a_blank_page_and_a_blank_picture_are_told(tmp_path: Path) -> None:
    """Page 2 has no ink, the picture one colour."""
    said = proof.complaints(_demo_files(tmp_path / "demo", ink=False))
    assert [("page 2" in line or "screen.png" in line) for line in said] == [True, True]


def test_an_empty_folder_lacks_both_kinds(tmp_path: Path) -> None:
    """A demo that wrote nothing has not worked."""
    assert len(proof.complaints(tmp_path)) == 2


def test_what_the_demo_made_is_brought_back_in_place_of_older_files(tmp_path: Path) -> None:
    """An old picture must not pass for a new one."""
    made, out = _demo_files(tmp_path / "bare" / "demo-output", ink=True), tmp_path / "demo-output"
    out.mkdir()
    (out / "old.png").write_bytes(b"x")
    assert chroot.bring_back(made, out) == 0
    assert {"paper.pdf", "screen.png"} == {file.name for file in out.iterdir()}
    (made / "paper.pdf").unlink()
    assert chroot.bring_back(made, out) == 1
