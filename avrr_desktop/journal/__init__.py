"""Signed commits and their merge: pure functions of values, no SQL, no files."""
