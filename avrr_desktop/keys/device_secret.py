"""The device secret: 32 random bytes per OS account and store, kept in the OS keyring.

Mixed into a passphrase slot it makes a copied file useless without the account. It opens nothing alone, and losing it
loses nothing but that slot: recovery and escrow slots never use it, and `changing.reset_passphrase` makes it anew.

It is on only when the keyring took a fresh random probe and then the secret, gave both back and they are equal.
`null` (takes everything, keeps nothing), `fail`, every backend of priority 0 or less and a chainer that only holds
such are refused before anything is written.
A keyring may ask the user something and block: call from a worker.

The service name and the store's id are the key, so two stores of one account have two secrets.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.keys.errors import DeviceSecretMissing, KeyringRefused
from avrr_desktop.keys.secret import Secret

SERVICE = "avrr-desktop"
SIZE_BYTES = 32

T = TypeVar("T")


class Keyring(Protocol):
    """The part of `keyring.backend.KeyringBackend` that is used."""

    @property
    def priority(self) -> float:
        """Return how well the backend fits this system; 0 or less is not recommended."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a value."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a value."""


def system_keyring() -> Keyring:
    """
    Return the keyring of this OS account.

    Raises:
        KeyringRefused: None can be loaded.
    """

    def load() -> Keyring:
        # Imported here: it scans entry points and may start D-Bus, which the lock screen must not wait for.
        import keyring

        return cast(Keyring, keyring.get_keyring())

    return _ask(load, "backend")


def is_trusted(keyring: Keyring) -> bool:
    """
    Tell whether *keyring* can be asked to keep anything at all.

    A chainer's own priority says 10 whatever it holds, so what it holds is judged. `fail` has priority 0, `null` -1.
    """
    chained = getattr(keyring, "backends", None)
    if chained is not None:
        return any(is_trusted(inner) for inner in chained)
    return keyring.priority > 0


def switch_on(store: str, *, keyring: Keyring | None = None, random_bytes: RandomBytes = secrets.token_bytes) -> Secret:
    """
    Return this account's device secret for *store*, made now unless it exists, written and read back.

    An existing secret is kept: other slots of this account may use it.

    Raises:
        KeyringRefused: No backend worth the name ("backend"), it raised ("write", "read"), or what came back is not
            what was written ("compare").
    """
    trusted = _trusted(keyring)
    _probe(trusted, f"{store} probe", random_bytes)
    found = _parse(_ask(lambda: trusted.get_password(SERVICE, store), "read"))
    secret = Secret(random_bytes(SIZE_BYTES)) if found is None else found
    _keep(trusted, store, secret)
    return secret


def read_device_secret(store: str, *, keyring: Keyring | None = None) -> Secret:
    """
    Return the device secret of this account for *store*.

    Raises:
        DeviceSecretMissing: The keyring holds none ("absent"), or something else ("damaged").
        KeyringRefused: There is no keyring, or it is locked.
    """
    trusted = _trusted(keyring)
    text = _ask(lambda: trusted.get_password(SERVICE, store), "read")
    if text is None:
        raise DeviceSecretMissing(why="absent")
    secret = _parse(text)
    if secret is None:
        raise DeviceSecretMissing(why="damaged")
    return secret


def switch_off(store: str, *, keyring: Keyring | None = None) -> None:
    """
    Forget the secret; to be done after every slot that used it was rewrapped without it.

    Raises:
        KeyringRefused: There is no keyring, or it still holds the secret.
    """
    trusted = _trusted(keyring)
    if _ask(lambda: trusted.get_password(SERVICE, store), "read") is None:
        return
    _forget(trusted, store)


def _probe(keyring: Keyring, username: str, random_bytes: RandomBytes) -> None:
    """Keep and forget a fresh value: a secret found earlier does not prove that the keyring keeps anything now."""
    _keep(keyring, username, Secret(random_bytes(SIZE_BYTES)))
    _forget(keyring, username)


def _keep(keyring: Keyring, username: str, secret: Secret) -> None:
    text = base64.b64encode(secret.reveal()).decode()
    _ask(lambda: keyring.set_password(SERVICE, username, text), "write")
    if _parse(_ask(lambda: keyring.get_password(SERVICE, username), "read")) != secret:
        raise KeyringRefused(why="compare")


def _forget(keyring: Keyring, username: str) -> None:
    _ask(lambda: keyring.delete_password(SERVICE, username), "delete")
    if _ask(lambda: keyring.get_password(SERVICE, username), "read") is not None:
        raise KeyringRefused(why="delete")


def _trusted(keyring: Keyring | None) -> Keyring:
    chosen = system_keyring() if keyring is None else keyring
    if not _ask(lambda: is_trusted(chosen), "backend"):
        raise KeyringRefused(why="backend")
    return chosen


def _ask(question: Callable[[], T], why: str) -> T:
    """Ask a keyring; whatever goes wrong inside means that it is refused."""
    try:
        return question()
    except KeyringRefused:
        raise
    except Exception as e:  # noqa: BLE001 - a plug-in may raise anything
        # A backend is a plug-in of a third party: besides keyring's own errors, D-Bus, COM and OS errors come
        # through. The text of the cause may hold the value, so it is not carried on.
        raise KeyringRefused(why=why, cause=type(e).__name__) from None


def _parse(text: Any) -> Secret | None:
    """Return the secret a stored text spells, None when it spells none."""
    if not isinstance(text, str) or len(text) > 4 * SIZE_BYTES:
        return None
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return Secret(raw) if len(raw) == SIZE_BYTES else None
