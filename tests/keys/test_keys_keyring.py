"""The device secret in keyrings that work, fail, forget and lie; and in a real gnome-keyring."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backends import chainer, fail, null

from avrr_desktop.keys.device_secret import (
    SERVICE,
    is_trusted,
    read_device_secret,
    switch_off,
    switch_on,
)
from avrr_desktop.keys.errors import DeviceSecretMissing, KeyringRefused
from avrr_desktop.keys.secret import Secret


class MemoryKeyring:
    """A keyring that does as it is told."""

    priority: float = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Liar(MemoryKeyring):
    """Takes everything and gives one and the same well-formed value back."""

    def get_password(self, service: str, username: str) -> str | None:
        return "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


class Forgetful(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        return


class Clinging(MemoryKeyring):
    def delete_password(self, service: str, username: str) -> None:
        return


class Raising(MemoryKeyring):
    """Raises what no keyring library promises, with the value in its text."""

    def __init__(self, method: str) -> None:
        super().__init__()
        self.method = method

    def _raise(self, method: str, text: str) -> None:
        if method == self.method:
            raise RuntimeError(f"D-Bus went away while keeping {text}")

    def get_password(self, service: str, username: str) -> str | None:
        self._raise("get", "a value")
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._raise("set", password)
        super().set_password(service, username, password)


class Low(MemoryKeyring):
    priority = 0


class Chain(MemoryKeyring):
    priority = 10

    def __init__(self, *backends: object) -> None:
        super().__init__()
        self.backends = backends


def test_what_is_switched_on_is_read_again_and_switched_off_is_gone() -> None:
    keyring = MemoryKeyring()
    secret = switch_on("store-1", keyring=keyring)
    assert len(secret.reveal()) == 32
    assert secret == read_device_secret("store-1", keyring=keyring)
    assert list(keyring.kept) == [(SERVICE, "store-1")]
    switch_off("store-1", keyring=keyring)
    assert keyring.kept == {}
    switch_off("store-1", keyring=keyring)
    with pytest.raises(DeviceSecretMissing) as caught:
        read_device_secret("store-1", keyring=keyring)
    assert caught.value.params["why"] == "absent"


def test_switching_on_again_keeps_the_secret_other_slots_may_use() -> None:
    keyring = MemoryKeyring()
    assert switch_on("store-1", keyring=keyring) == switch_on("store-1", keyring=keyring)


def test_two_stores_of_one_account_have_two_secrets() -> None:
    keyring = MemoryKeyring()
    assert switch_on("store-1", keyring=keyring) != switch_on("store-2", keyring=keyring)


@pytest.mark.parametrize("text", ["", "not base64!", "QUFB", "é", "A" * 10_000], ids=["", "!", "short", "é", "long"])
def test_a_value_that_is_no_secret_is_damaged_when_read_and_replaced_when_switched_on(text: str) -> None:
    keyring = MemoryKeyring()
    keyring.kept[SERVICE, "store-1"] = text
    with pytest.raises(DeviceSecretMissing) as caught:
        read_device_secret("store-1", keyring=keyring)
    assert caught.value.params["why"] == "damaged"
    assert switch_on("store-1", keyring=keyring) == read_device_secret("store-1", keyring=keyring)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (null.Keyring, "backend"),
        (fail.Keyring, "backend"),
        (Low, "backend"),
        (Chain, "backend"),
        (lambda: Chain(null.Keyring(), fail.Keyring(), Low()), "backend"),
        (lambda: Chain(Chain(Low())), "backend"),
        (Liar, "compare"),
        (Forgetful, "compare"),
        (Clinging, "delete"),
        (lambda: Raising("set"), "write"),
        (lambda: Raising("get"), "read"),
    ],
)
def test_a_keyring_that_does_not_keep_is_refused_and_why_is_said(make: Callable[[], MemoryKeyring], why: str) -> None:
    with pytest.raises(KeyringRefused) as caught:
        switch_on("store-1", keyring=make(), random_bytes=lambda size: b"S" * size)
    assert why == caught.value.params["why"]
    assert "U1NT" not in repr(caught.value.params)
    assert "U1NT" not in "".join(traceback.format_exception(caught.value))


def test_a_refused_backend_is_never_asked_to_keep_anything() -> None:
    keyring = Low()
    with pytest.raises(KeyringRefused):
        switch_on("store-1", keyring=keyring)
    assert keyring.kept == {}


def test_a_chainer_with_one_good_backend_is_trusted_and_keyrings_own_empty_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert is_trusted(Chain(null.Keyring(), MemoryKeyring()))
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [null.Keyring(), fail.Keyring()])
    assert not is_trusted(chainer.ChainerBackend())


def test_without_d_bus_the_systems_keyring_is_refused(tmp_path: Path) -> None:
    done = run_child("import_only", tmp_path, {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nowhere"})
    assert "refused" in done.stdout


CHILD = """
import sys, warnings
warnings.simplefilter("ignore")
from avrr_desktop.keys.device_secret import read_device_secret, switch_off, switch_on, system_keyring
from avrr_desktop.keys.errors import DeviceSecretMissing, KeyringRefused
verb = sys.argv[1]
try:
    if verb in {"on", "import_only"}:
        print("value", switch_on("store-1").reveal().hex())
    elif verb == "read":
        print("value", read_device_secret("store-1").reveal().hex())
    elif verb == "off":
        switch_off("store-1")
    print("backend", type(system_keyring()).__module__)
except KeyringRefused as e:
    print("refused", e.params["why"])
except DeviceSecretMissing as e:
    print("missing", e.params["why"])
"""


def private_environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    """Return an environment in which nothing of the person running the tests is seen or touched."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        **more,
    }


def run_child(verb: str, home: Path, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, verb],
        env=private_environment(home, more),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def in_session(home: Path, login_password: str, *verbs: str) -> list[str]:
    """Run verbs, one process each, in one new D-Bus session whose gnome-keyring is unlocked with the password."""
    script = (
        'printf %s "$LOGIN_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n'
        'for verb in "$@"; do timeout 40 "$PYTHON" -c "$CHILD" "$verb" || exit 9; done'
    )
    more = {"LOGIN_PASSWORD": login_password, "PYTHON": sys.executable, "CHILD": CHILD}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, "sh", *verbs],
        env=private_environment(home, more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home for one OS account; short, for its sockets."""
    missing = [tool for tool in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(tool) is None]
    if missing:
        pytest.fail(f"missing: {missing}; install dbus and gnome-keyring (packaging/dev.py does)")
    folder = tmp_path_factory.mktemp("h")
    folder.chmod(0o700)
    for name in (".local/share", ".config", ".cache"):
        (folder / name).mkdir(parents=True)
    return folder


def test_a_real_keyring_keeps_the_secret_across_sessions_and_only_for_its_password(home: Path) -> None:
    first = in_session(home, "login password", "on", "read")
    assert [line.split()[0] for line in first] == ["value", "backend", "value", "backend"]
    assert first[0] == first[2]
    assert len(Secret(bytes.fromhex(first[0].split()[1])).reveal()) == 32
    assert "SecretService" in first[1]
    second = in_session(home, "login password", "read", "on")
    assert first[0] == second[0] == second[2]
    stranger = in_session(home, "another password", "read", "on")
    assert [line.split()[0] for line in stranger] == ["refused", "refused"]
    last = in_session(home, "login password", "off", "read")
    assert last[-1] == "missing absent"


def test_the_real_keyrings_file_does_not_hold_the_secret_in_clear(home: Path) -> None:
    import base64

    value = bytes.fromhex(in_session(home, "login password", "on")[0].split()[1])
    files = [path.read_bytes() for path in (home / ".local/share/keyrings").iterdir() if path.is_file()]
    assert any(files)
    assert not any(value in data or base64.b64encode(value) in data for data in files)
