"""Unlock: who is at the desk, the passphrase, the recovery sheet."""
