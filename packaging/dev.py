#!/usr/bin/env python3
"""
The one command of a developer: ``python3 packaging/dev.py VERB`` (``--help`` lists the verbs).

Needs nothing but a Python: it makes ``.venv``, installs what is pinned, finds missing system libraries. This
file keeps to the words of Python 3.8, so that an old one can still say which one is needed.
"""

import sys

LEAST = (3, 11)


def main() -> int:
    """Check the Python, then hand over to ``tasks``; return the exit code."""
    if sys.version_info[:2] < LEAST:
        have = ".".join(str(part) for part in sys.version_info[:3])
        need = ".".join(str(part) for part in LEAST)
        print("avrr_desktop needs Python {} or newer; this is {} ({})".format(need, have, sys.executable))  # noqa: UP032 - old Pythons read this
        return 2
    import tasks

    return tasks.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
