"""An interview whose disk refused goes on at the next try, and no answer typed meanwhile is lost."""

import pytest

from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.store.errors import DiskFailed
from tests.disks import failing_disk
from tests.interview_case import begin, open_case, spot


def test_try_again_writes_every_answer_the_failed_disk_refused(office):
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    used, told = spot(sitting, "interpreter_used"), spot(sitting, "opening_told")
    with failing_disk():
        for asked, value in ((used, "yes"), (told, "who")):
            with pytest.raises(DiskFailed):
                sitting.answer(asked, value)
        with pytest.raises(DiskFailed):
            sitting.try_again()
    old = office.desk.store._file.writer
    sitting.try_again()
    assert office.desk.store._file.writer is not old
    other = Sitting(office.desk, office.maya, case, sitting.interview)
    assert [other.question(asked).value for asked in (used, told)] == ["yes", "who"]
    assert office.desk.store.check().ok
    assert office.desk.store.differences() == ()
