"""The windows."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12.0 gives back None without taking a reference where a Qt method returns nothing (measured:
    # 1,000 calls, 1,000 references lost; 6.11.2 loses none). CPython 3.11 counts them and aborts after some
    # thousand calls; from 3.12 on None is not counted. So the count starts where it can never run out.
    # Can go with the first PySide6 that passes tests/ui/test_none.py without it.
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 60
