"""
``demo --bare``: the demonstration in a fresh minimal Debian 12, where nothing but git and python3 is.

Everything happens in a temporary folder. The mounts live in a mount namespace of their own: the kernel
removes them with the last process, whatever happened. No setting of the machine reaches the checkout.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from handover import HOME, Handover, debian_mirror, gather
from machine import Machine, install_packages

SUITE = "bookworm"
NAMESPACE = ("unshare", "--mount", "--propagation", "private")
INCLUDED = ("python3", "git", "ca-certificates")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SOURCE = "/srv/avrr_desktop.git"
CHECKOUT = "/srv/avrr_desktop"


def demo_bare(machine: Machine, root: Path, output: Path, verb: Sequence[str] = ("demo",)) -> int:
    """
    Run ``dev.py`` *verb* in a bare Debian and bring the demo's files back to *output*.

    Returns:
        0 when it ran and, for the demo, at least one PDF and one PNG came back (``proof.py`` looked at
        them inside); 1 otherwise, after saying why.
    """
    mirror = debian_mirror(machine)
    refusal = _refusal(machine, mirror)
    if refusal or mirror is None:
        print(f"demo --bare: {refusal}")
        return 1
    with tempfile.TemporaryDirectory(prefix="avrr-bare-") as folder:
        bare = Path(folder) / "debian"
        print(f"Making a bare Debian 12 ({SUITE}) in {bare}")
        code = machine.run(debootstrap_words(bare, mirror))
        if code:
            print(f"demo --bare: debootstrap ended with {code}")
            return 1
        handover = gather(machine)
        furnish(bare, handover)
        clone_for(machine, root, bare)
        code = subprocess.run(namespace_words(bare, handover, verb), stdin=subprocess.DEVNULL, check=False).returncode
        if code:
            print(f"demo --bare: dev.py {' '.join(verb)} ended with {code} in the bare Debian")
            return 1
        return bring_back(bare / CHECKOUT.lstrip("/") / output.name, output) if verb[0] == "demo" else 0


def debootstrap_words(bare: Path, mirror: str) -> list[str]:
    """Write the debootstrap call: it mounts too; signatures are checked where Debian's keyring is."""
    keyring = [f"--keyring={KEYRING}"] if KEYRING.exists() else []
    words = ["debootstrap", "--variant=minbase", f"--include={','.join(INCLUDED)}", *keyring]
    return [*NAMESPACE, *words, SUITE, str(bare), mirror]


def furnish(bare: Path, handover: Handover) -> None:
    """Write the machine's package-client settings into the bare Debian and make the places for its mounts."""
    for path, content in handover.files.items():
        target = bare / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for folder in handover.folders:
        (bare / str(folder).lstrip("/")).mkdir(parents=True, exist_ok=True)
    # Packages must not start services in there (Debian Policy 9.3.3.1).
    policy = bare / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)


def clone_for(machine: Machine, root: Path, bare: Path) -> None:
    """Lay the committed state of *root* where the bare Debian clones from."""
    if machine.ask(["git", "-C", str(root), "status", "--porcelain"])[1].strip():
        print("The checkout has changes that are not committed: the bare Debian gets the last commit")
    target = bare / SOURCE.lstrip("/")
    code = machine.run(["git", "clone", "--quiet", "--bare", "--no-hardlinks", str(root), str(target)])
    if code:
        raise SystemExit(f"demo --bare: git clone ended with {code}")


def namespace_words(bare: Path, handover: Handover, verb: Sequence[str]) -> list[str]:
    """Write the call that mounts and runs everything in a mount namespace of its own."""
    place = shlex.quote(str(bare))
    lines = [
        f"mount -t proc proc {place}/proc",
        f"mount --rbind /dev {place}/dev",
    ]
    for folder in handover.folders:
        inside = shlex.quote(f"{bare}{folder}")
        lines.append(f"mount --bind {shlex.quote(str(folder))} {inside}")
        lines.append(f"mount -o remount,bind,ro {inside}")
    variables = {
        "HOME": HOME,
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        **handover.environ,
    }
    words = " ".join(shlex.quote(f"{name}={value}") for name, value in sorted(variables.items()))
    inner = (
        "update-ca-certificates >/dev/null 2>&1; set -e; "
        f"git clone --quiet {SOURCE} {CHECKOUT}; cd {CHECKOUT}; "
        f"exec python3 packaging/dev.py {shlex.join(verb)}"
    )
    lines.append(f"exec env -i {words} chroot {place} /bin/sh -c {shlex.quote(inner)}")
    return [*NAMESPACE, "sh", "-ec", "\n".join(lines)]


def bring_back(made: Path, output: Path) -> int:
    """Copy what the demo made to *output*; return 1 when a paper or a picture is lacking or empty."""
    if not made.is_dir():
        print(f"demo --bare: the demo left no {made.name}/")
        return 1
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(made, output)
    for ending, mark in ((".pdf", b"%PDF-"), (".png", b"\x89PNG")):
        files = sorted(output.rglob(f"*{ending}"))
        bad = [str(file) for file in files if file.read_bytes()[: len(mark)] != mark]
        if bad or not files:
            print(f"demo --bare: {ending} files wanted; {f'not such files: {bad}' if bad else 'none came'}")
            return 1
        print(f"{output.name}: {len(files)} {ending} files from the bare Debian")
    return 0


def _refusal(machine: Machine, mirror: str | None) -> str | None:
    """Say why a bare Debian cannot be made here, None when it can."""
    if machine.platform != "linux" or not machine.is_root:
        return "needs root on Linux"
    if mirror is None:
        return "apt names no Debian mirror here"
    if machine.which("debootstrap") is None and not install_packages(machine, ("debootstrap",)):
        return "needs debootstrap"
    if machine.ask([*NAMESPACE, "true"])[0] != 0:
        return "this machine allows no mount namespace"
    if not os.access(tempfile.gettempdir(), os.W_OK):
        return "the temporary folder cannot be written"
    return None
