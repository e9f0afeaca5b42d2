"""PySide6 6.12.0 loses references to None; the window must outlive any number of calls."""

import subprocess
import sys

PROGRAM = """
import avrr_desktop.ui
from PySide6.QtCore import QCoreApplication, QObject
app = QCoreApplication([])
thing = QObject()
for _ in range(100_000):
    thing.setObjectName("a")
print("alive")
"""


def test_a_hundred_thousand_calls_do_not_end_the_program():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive")
