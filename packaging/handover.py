"""
What a bare system needs from this machine to reach its packages: settings of apt, pip and uv, certificates.

They are read when the bare system is made and handed in at run time; nothing here is ever committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from machine import Machine

# Where root lives inside.
HOME = "/root"
# Variables that pip, uv, apt, git, curl and Python's TLS read.
_NAMES = re.compile(r"(PIP_|UV_).*|(https?|ftp|all|no)_proxy|(SSL_CERT|REQUESTS_CA|CURL_CA).*", re.IGNORECASE)
# Settings of apt that decide how packages are fetched and which certificates are believed.
_APT = re.compile(r"^Acquire::(https?|ftp|Check-\S+|Retries|ForceIPv\d)\b.*\";$", re.IGNORECASE)
_PATH = re.compile(r"(?:file://)?/[^\s\"';,]+")
_CERTIFICATES = Path("/usr/local/share/ca-certificates")
_MIRROR_WORDS = [
    "apt-get",
    "indextargets",
    "--format",
    "$(REPO_URI) $(RELEASE) $(COMPONENT)",
    "Created-By: Packages",
]


@dataclass
class Handover:
    """
    What goes into the bare system.

    Attributes:
        environ: Variables for its processes.
        files: Content by absolute path inside.
        folders: Folders of this machine that the settings name; mounted read-only at the same place.
    """

    environ: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)


def debian_mirror(machine: Machine, suite: str = "bookworm") -> str | None:
    """
    Find the archive apt uses here: the one of *suite* before any other Debian one.

    Returns:
        Its address without the trailing slash, None when apt names none.
    """
    code, text = machine.ask(_MIRROR_WORDS)
    rows = [line.split() for line in text.splitlines()] if code == 0 else []
    mains = [row for row in rows if len(row) == 3 and row[2] == "main" and "security" not in row[1]]
    mains.sort(key=lambda row: row[1] != suite)
    for address, release, _ in mains:
        if release == suite or urlsplit(address).path.rstrip("/").endswith("/debian"):
            return address.rstrip("/")
    return None


def gather(machine: Machine, home: Path | None = None, etc: Path = Path("/etc")) -> Handover:
    """Read the settings of *machine*; *home* and *etc* are where its files lie (None: the real home)."""
    home = Path(machine.environ.get("HOME", HOME)) if home is None else home
    handover = Handover(environ={n: v for n, v in machine.environ.items() if _NAMES.fullmatch(n)})
    texts = [*handover.environ.values()]
    for path, source in _settings(home, etc, machine.environ):
        handover.files[path] = source.read_bytes()
        texts.append(source.read_text(encoding="utf-8", errors="replace"))
    code, apt = machine.ask(["apt-config", "dump"])
    lines = [line for line in apt.splitlines() if _APT.match(line)] if code == 0 else []
    handover.files["/etc/apt/apt.conf.d/99machine"] = "".join(f"{line}\n" for line in lines).encode()
    texts += lines
    for certificate in sorted(_CERTIFICATES.rglob("*.crt")):
        handover.files[str(certificate)] = certificate.read_bytes()
    files, folders = named_places(texts)
    for file in files:
        # The bundle of certificates is made anew inside, from the same certificates.
        if not str(file).startswith("/etc/ssl/certs/"):
            handover.files.setdefault(str(file), file.read_bytes())
    handover.folders = list(folders)
    return handover


def named_places(texts: Iterable[str]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """
    Find the files and the folders that settings name, as paths or ``file://`` addresses.

    A folder called ``simple`` is an index whose links point beside it, so its parent is taken. System folders
    every Debian has are left out, and so are folders inside another one found.
    """
    files, folders = set(), set()
    for text in texts:
        for match in _PATH.findall(text):
            path = Path(unquote(match.removeprefix("file://")))
            if path.is_file():
                files.add(path)
            elif path.is_dir() and not str(path).startswith(("/etc", "/usr/lib", "/usr/share", "/dev", "/proc")):
                folders.add(path.parent if path.name == "simple" else path)
    outer = [one for one in folders if one != Path("/") and not any(two in one.parents for two in folders)]
    return tuple(sorted(files)), tuple(sorted(outer))


def _settings(home: Path, etc: Path, environ: Mapping[str, str]) -> list[tuple[str, Path]]:
    """Pair the place inside the bare system with each settings file of pip and uv found here."""
    found = [("/etc/pip.conf", etc / "pip.conf")]
    for folder in (etc / "xdg/pip", etc / "uv"):
        found += [(f"/etc/{one.relative_to(etc)}", one) for one in sorted(folder.glob("*"))]
    for folder in (home / ".config/pip", home / ".pip", home / ".config/uv"):
        found += [(f"{HOME}/{one.relative_to(home)}", one) for one in sorted(folder.glob("*"))]
    if environ.get("PIP_CONFIG_FILE"):
        found.append((environ["PIP_CONFIG_FILE"], Path(environ["PIP_CONFIG_FILE"])))
    return [(path, source) for path, source in found if source.is_file()]
