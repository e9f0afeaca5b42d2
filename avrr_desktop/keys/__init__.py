"""Secrets: key slots, the operating system's keyring, recovery code, device keys, signatures."""
