"""
The sentence and the remedy of every failure a person can meet; nobody else writes one.

`SENTENCES` says what happened and what it means, `REMEDIES` what to do. Gaps are filled with the failure's parameters:
sums, dates and spans as the screen writes them, codes as they are. One block per area; who adds a code adds it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.failures import Failure
from avrr_desktop.domain.money import Money
from avrr_desktop.ui import wording


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark *text* for the extractor, which knows this name; Qt's own is typed as returning any object."""
    return text


SENTENCES: dict[str, str] = {
    # keys: unlocking, officers, recovery sheet
    "keys.wrong_passphrase": QT_TRANSLATE_NOOP("Notices", "This passphrase does not open the office."),
    "keys.wrong_recovery_code": QT_TRANSLATE_NOOP(
        "Notices", "This sheet belongs to another office or an older set-up."
    ),
    "keys.wrong_escrow_key": QT_TRANSLATE_NOOP("Notices", "This key does not open the office."),
    "keys.recovery_mistyped": QT_TRANSLATE_NOOP("Notices", "The code is not as on the sheet."),
    "keys.weak_passphrase": QT_TRANSLATE_NOOP("Notices", "This passphrase is too easy to guess."),
    "keys.no_such_slot": QT_TRANSLATE_NOOP("Notices", "This way in does not exist any more."),
    "keys.last_slot": QT_TRANSLATE_NOOP("Notices", "This is the last way into the office."),
    "keys.officer_refused": QT_TRANSLATE_NOOP("Notices", "This name cannot stand in the list of officers."),
    "keys.too_many_slots": QT_TRANSLATE_NOOP(
        "Notices", "This laptop already knows {allowed} ways in, the most it takes."
    ),
    "keys.file_missing": QT_TRANSLATE_NOOP("Notices", "The key file is not beside the store."),
    "keys.file_exists": QT_TRANSLATE_NOOP("Notices", "There is already an office on this laptop."),
    "keys.file_damaged": QT_TRANSLATE_NOOP("Notices", "The key file is damaged."),
    "keys.file_newer": QT_TRANSLATE_NOOP("Notices", "The key file was written by a newer version of this program."),
    "keys.file_changed": QT_TRANSLATE_NOOP("Notices", "The key file was changed by somebody else at the same moment."),
    "keys.file_unwritten": QT_TRANSLATE_NOOP("Notices", "The key file could not be written. The old one still opens."),
    "keys.cost_refused": QT_TRANSLATE_NOOP("Notices", "The key file asks for work no office asks for."),
    "keys.not_enough_memory": QT_TRANSLATE_NOOP("Notices", "This laptop has too little free memory to open the lock."),
    "keys.device_secret_missing": QT_TRANSLATE_NOOP(
        "Notices", "This passphrase works only in the account of the laptop where it was set."
    ),
    "keys.keyring_refused": QT_TRANSLATE_NOOP("Notices", "The keyring of this laptop did not answer."),
    "keys.device_keys_damaged": QT_TRANSLATE_NOOP("Notices", "The keys of this laptop cannot be read."),
    "keys.certificate_invalid": QT_TRANSLATE_NOOP("Notices", "The name of this laptop cannot be used."),
    # store
    "store.missing": QT_TRANSLATE_NOOP("Notices", "The store of this office is not where it was."),
    "store.empty": QT_TRANSLATE_NOOP("Notices", "The store of this office is an empty file."),
    "store.foreign": QT_TRANSLATE_NOOP("Notices", "This file is no store of this program."),
    "store.wrong_key": QT_TRANSLATE_NOOP("Notices", "This key does not belong to this store."),
    "store.damaged": QT_TRANSLATE_NOOP("Notices", "The store is damaged."),
    "store.truncated": QT_TRANSLATE_NOOP("Notices", "The end of the store is missing."),
    "store.newer": QT_TRANSLATE_NOOP("Notices", "The store was written by a newer version of this program."),
    "store.in_use": QT_TRANSLATE_NOOP("Notices", "This office is already open in another window."),
    "store.disk_full": QT_TRANSLATE_NOOP("Notices", "Not saved: the disk is full."),
    "store.read_only": QT_TRANSLATE_NOOP("Notices", "Not saved: the disk cannot be written."),
    "store.exists": QT_TRANSLATE_NOOP("Notices", "There is a store here already."),
    "store.disk_failed": QT_TRANSLATE_NOOP("Notices", "Not saved: the disk does not answer as it should."),
    "store.upgrade_failed": QT_TRANSLATE_NOOP(
        "Notices", "The store could not be brought to this version. It is as before."
    ),
    "store.checking": QT_TRANSLATE_NOOP("Notices", "The records are still being checked, so nothing is written yet."),
    "store.untrusted": QT_TRANSLATE_NOOP("Notices", "The records are damaged, so nothing is written."),
    "store.blob_unknown": QT_TRANSLATE_NOOP("Notices", "This attachment is not known here."),
    "store.blob_missing": QT_TRANSLATE_NOOP("Notices", "This attachment is not on this laptop."),
    "store.blob_damaged": QT_TRANSLATE_NOOP("Notices", "This attachment is damaged."),
    "journal.altered": QT_TRANSLATE_NOOP("Notices", "A record was changed by something other than this program."),
    "journal.forged": QT_TRANSLATE_NOOP("Notices", "A record does not bear the signature of the laptop it names."),
    "journal.malformed": QT_TRANSLATE_NOOP("Notices", "A record cannot be read."),
    "journal.not_canonical": QT_TRANSLATE_NOOP("Notices", "A record is not written as this program writes."),
    "journal.too_large": QT_TRANSLATE_NOOP("Notices", "This is more than one record can hold."),
    "journal.not_held": QT_TRANSLATE_NOOP("Notices", "This is kept elsewhere and was not sent to this laptop."),
    "programme.refused": QT_TRANSLATE_NOOP("Notices", "The file of a programme is not understood."),
    # program
    "program.crashed": QT_TRANSLATE_NOOP(
        "Notices", "Something went wrong in the program. What you typed before is saved."
    ),
    "program.unknown": QT_TRANSLATE_NOOP("Notices", "This cannot be done now."),
    "paths.data_missing": QT_TRANSLATE_NOOP("Notices", "Files of the program are missing."),
    "file.not_written": QT_TRANSLATE_NOOP("Notices", "The file could not be written there."),
    # rights
    "role.refused": QT_TRANSLATE_NOOP("Notices", "Your role does not allow this."),
    # office and officers
    "office.no_name": QT_TRANSLATE_NOOP("Notices", "The office has no name yet."),
    "office.bad_code": QT_TRANSLATE_NOOP("Notices", "The code is three letters, as in TOR."),
    "office.no_zone": QT_TRANSLATE_NOOP("Notices", "There is no such time zone."),
    "office.no_language": QT_TRANSLATE_NOOP("Notices", "The office needs at least one language."),
    "officer.no_name": QT_TRANSLATE_NOOP("Notices", "The officer has no name yet."),
    "officer.no_role": QT_TRANSLATE_NOOP("Notices", "The officer has no role yet."),
    "officer.inactive": QT_TRANSLATE_NOOP("Notices", "This officer does not work here any more."),
    "officer.last_administrator": QT_TRANSLATE_NOOP(
        "Notices", "Somebody must stay who can change the settings: an administrator or a supervisor."
    ),
    "programme.unknown": QT_TRANSLATE_NOOP("Notices", "This programme has no such rule."),
    "undo.signed": QT_TRANSLATE_NOOP("Notices", "What is signed stays signed; it cannot be undone."),
    "undo.changed": QT_TRANSLATE_NOOP("Notices", "This was changed again since; it is not undone."),
    # plan
    "plan.signed": QT_TRANSLATE_NOOP("Notices", "This plan is signed and can no longer be changed."),
    "plan.no_ceiling": QT_TRANSLATE_NOOP("Notices", "There is no ceiling for this plan yet, so no line can be priced."),
    "plan.over_ceiling": QT_TRANSLATE_NOOP("Notices", "This line takes the plan {over} over the ceiling."),
    "plan.empty": QT_TRANSLATE_NOOP("Notices", "The plan has no line yet."),
    "plan.signed_in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "plan.not_participant": QT_TRANSLATE_NOOP("Notices", "This person takes no part, and so does not sign the plan."),
    "plan.no_picture": QT_TRANSLATE_NOOP("Notices", "There is no signature yet."),
    "line.no_description": QT_TRANSLATE_NOOP("Notices", "Write what this line is for."),
    "line.no_quantity": QT_TRANSLATE_NOOP("Notices", "Write how many: 1 or more."),
    "line.no_rate": QT_TRANSLATE_NOOP("Notices", "Write the rate for this currency."),
    "line.no_price": QT_TRANSLATE_NOOP("Notices", "Write the price as a number, such as 1,250.00."),
    "line.no_date": QT_TRANSLATE_NOOP("Notices", "Write day, month and year, such as 24 11 2026."),
    "line.no_currency": QT_TRANSLATE_NOOP("Notices", "Write the three letters of the currency, such as HUF."),
    "gate.closed": QT_TRANSLATE_NOOP("Notices", "This step is not open yet. The list says what is missing."),
    "programme.question_refused": QT_TRANSLATE_NOOP("Notices", "A quantity or a rate is not a plain number."),
    # travel
    "leg.unknown_airport": QT_TRANSLATE_NOOP("Notices", "No airport is known by that name."),
    "leg.several_airports": QT_TRANSLATE_NOOP("Notices", "Several airports are known by that name."),
    "leg.no_flight": QT_TRANSLATE_NOOP("Notices", "Write the number of the flight as on the ticket, such as LH 471."),
    "leg.no_time": QT_TRANSLATE_NOOP("Notices", "Write the date and the time as on the ticket: 2 12 2026 and 17:55."),
    "leg.skipped_time": QT_TRANSLATE_NOOP("Notices", "The clocks go forward that night and never show this time."),
    "leg.arrives_before": QT_TRANSLATE_NOOP("Notices", "This flight would arrive before it leaves."),
    "leg.too_long": QT_TRANSLATE_NOOP("Notices", "This flight would take more than 24 hours."),
    "journey.unfinished": QT_TRANSLATE_NOOP("Notices", "A flight still has no airport, date or time."),
    # papers
    "declaration.no_consent": QT_TRANSLATE_NOOP("Notices", "No adult of this case has given consent yet."),
    "paper.no_number": QT_TRANSLATE_NOOP("Notices", "This case has no number yet."),
    "paper.no_wording": QT_TRANSLATE_NOOP("Notices", "Papers cannot be made in this language yet."),
    "paper.not_of_a_case": QT_TRANSLATE_NOOP("Notices", "This paper does not belong to a case."),
    "paper.not_printable": QT_TRANSLATE_NOOP("Notices", "“{characters}” would come out as a box, so nothing was made."),
    "paper.not_printed": QT_TRANSLATE_NOOP("Notices", "The printer took nothing."),
    "paper.harmful_word": QT_TRANSLATE_NOOP("Notices", "“{stem}” could harm the person who carries this paper."),
    "paper.bad_wording": QT_TRANSLATE_NOOP("Notices", "The wording of this paper cannot be used."),
    # referral, people, enrolment
    "referral.no_name": QT_TRANSLATE_NOOP("Notices", "Write a family name or given names."),
    "referral.no_day": QT_TRANSLATE_NOOP("Notices", "Write the day as in 24 11 2026."),
    "referral.no_time": QT_TRANSLATE_NOOP("Notices", "Write the time as in 14:05."),
    "referral.in_future": QT_TRANSLATE_NOOP("Notices", "This time is still to come."),
    "contact.before_referral": QT_TRANSLATE_NOOP("Notices", "This is before the referral was received."),
    "contact.in_future": QT_TRANSLATE_NOOP("Notices", "This time is still to come."),
    "person.no_name": QT_TRANSLATE_NOOP("Notices", "Write a family name or given names."),
    "person.born_in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "person.second_principal": QT_TRANSLATE_NOOP("Notices", "A case is named after one person only."),
    "person.principal": QT_TRANSLATE_NOOP("Notices", "The case is named after this person, who therefore stays in it."),
    "consent.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "consent.nothing_answered": QT_TRANSLATE_NOOP("Notices", "No purpose is answered yet."),
    "criterion.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "decision.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "claim.decision_before": QT_TRANSLATE_NOOP("Notices", "The decision is older than the claim."),
    "enrol.not_participant": QT_TRANSLATE_NOOP("Notices", "A citizen of Canada cannot take part (rule {rule})."),
    "enrol.not_asked": QT_TRANSLATE_NOOP(
        "Notices", "A question of the checklist was never put to the person: other citizenships (rule {rule})."
    ),
    "enrol.not_eligible": QT_TRANSLATE_NOOP(
        "Notices", "The checklist or the authority says that this person cannot take part (rule {rule})."
    ),
    "case.ended": QT_TRANSLATE_NOOP("Notices", "This case has ended."),
    "case.number_mistyped": QT_TRANSLATE_NOOP("Notices", "This case number has a letter wrong; read it once more."),
    "case.missing": QT_TRANSLATE_NOOP("Notices", "This case is not on this laptop."),
    "consent.not_approved": QT_TRANSLATE_NOOP(
        "Notices", "Nobody has approved the consent text in this language yet, so no agreement to it is written down."
    ),
    "declaration.not_approved": QT_TRANSLATE_NOOP(
        "Notices", "Nobody has approved this text in this language yet, so it cannot be signed."
    ),
    "declaration.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "signature.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "signature.too_early": QT_TRANSLATE_NOOP("Notices", "On this day the interview was not complete yet."),
    "signature.no_picture": QT_TRANSLATE_NOOP("Notices", "There is no signature yet."),
    "signature.not_a_picture": QT_TRANSLATE_NOOP("Notices", "This file is no picture and no PDF."),
    "signature.too_large": QT_TRANSLATE_NOOP("Notices", "This file is larger than any scan of a page."),
    "interview.signed": QT_TRANSLATE_NOOP("Notices", "This interview is signed already."),
    "interview.relative": QT_TRANSLATE_NOOP("Notices", "A relative does not interpret, and a child never does."),
    "sheet.missing": QT_TRANSLATE_NOOP("Notices", "This is needed first."),
    "sheet.in_future": QT_TRANSLATE_NOOP("Notices", "This day is still to come."),
    "sheet.older": QT_TRANSLATE_NOOP("Notices", "The sheet that holds now speaks of a later day."),
    "sheet.unknown": QT_TRANSLATE_NOOP("Notices", "This country sheet is not on this laptop."),
    "programme.kind_not_offered": QT_TRANSLATE_NOOP("Notices", "This programme does not offer this kind of return."),
    "value.refused": QT_TRANSLATE_NOOP("Notices", "This does not fit here."),
    # after and beside an interview
    "amendment.no_reason": QT_TRANSLATE_NOOP("Notices", "Write why the answer is changed."),
    "amendment.same": QT_TRANSLATE_NOOP("Notices", "This is the answer that stands already."),
    "amendment.does_not_fit": QT_TRANSLATE_NOOP("Notices", "This answer cannot stand. {message}"),
    "interview.own": QT_TRANSLATE_NOOP("Notices", "You conduct this interview already."),
    "interview.no_reason": QT_TRANSLATE_NOOP("Notices", "Write why you take the interview over."),
    "stop.missing": QT_TRANSLATE_NOOP("Notices", "This is settled already."),
    "stop.not_yours": QT_TRANSLATE_NOOP("Notices", "Somebody with another role says that this is settled."),
    "stop.own": QT_TRANSLATE_NOOP("Notices", "Your own interview raised this; a colleague says that it is settled."),
    "stop.no_reason": QT_TRANSLATE_NOOP("Notices", "Write how it was settled."),
    "flag.missing": QT_TRANSLATE_NOOP("Notices", "This is not on this laptop."),
    "flag.resolved": QT_TRANSLATE_NOOP("Notices", "A colleague has dealt with this already."),
    "flag.not_yours": QT_TRANSLATE_NOOP("Notices", "This is for the supervisor."),
    "flag.no_outcome": QT_TRANSLATE_NOOP("Notices", "Write what came of it."),
    "interview.no_consent": QT_TRANSLATE_NOOP("Notices", "Consent to use data is not given, so no question is asked."),
    "interview.missing": QT_TRANSLATE_NOOP("Notices", "This interview is not on this laptop."),
    "form.missing": QT_TRANSLATE_NOOP("Notices", "The questions of this interview are missing on this laptop."),
    # forms of the office
    "form.retired": QT_TRANSLATE_NOOP("Notices", "This form is retired, so no new interview begins with it."),
    "form.not_opened": QT_TRANSLATE_NOOP(
        "Notices", "Version {version} of this form is kept, but this program cannot read it."
    ),
    "form.same_version": QT_TRANSLATE_NOOP(
        "Notices", "The office already has a version {version} of this form, with other questions."
    ),
    "form.known": QT_TRANSLATE_NOOP("Notices", "The office already has this version ({version})."),
    "form.no_version": QT_TRANSLATE_NOOP("Notices", "The form has no version."),
    "form.bad_id": QT_TRANSLATE_NOOP("Notices", "The form's id “{value}” cannot be kept."),
    "form.bad_version": QT_TRANSLATE_NOOP("Notices", "The version “{value}” cannot be kept."),
    "form.has_errors": QT_TRANSLATE_NOOP("Notices", "A form with errors is not accepted."),
    "form.needed": QT_TRANSLATE_NOOP("Notices", "Every case needs this form, and it has no other version."),
    "form.unreadable": QT_TRANSLATE_NOOP("Notices", "The file cannot be read."),
    "form.unwritable": QT_TRANSLATE_NOOP("Notices", "The file could not be written there."),
    "form.empty": QT_TRANSLATE_NOOP("Notices", "The file is empty."),
    "form.too_large": QT_TRANSLATE_NOOP("Notices", "The file is larger than any form."),
    "form.unknown_kind": QT_TRANSLATE_NOOP("Notices", "This file is no form."),
    "form.wrong_kind": QT_TRANSLATE_NOOP("Notices", "This form is of another kind than asked for."),
    "form.not_text": QT_TRANSLATE_NOOP("Notices", "The file is not text in UTF-8."),
    "form.not_workbook": QT_TRANSLATE_NOOP("Notices", "The file is not a workbook."),
    "form.old_workbook": QT_TRANSLATE_NOOP("Notices", "The file is an old .xls workbook under another name."),
    # answers of an interview
    "interview.complete": QT_TRANSLATE_NOOP("Notices", "This interview is complete; its answers stay as they are."),
    "interview.not_complete": QT_TRANSLATE_NOOP("Notices", "The interview is not complete yet."),
    "interview.unanswered": QT_TRANSLATE_NOOP("Notices", "{count} answers need another look."),
    "form.other_version": QT_TRANSLATE_NOOP(
        "Notices", "This interview began with version {began} of the form; this laptop holds {held}."
    ),
    "answer.not_date": QT_TRANSLATE_NOOP(
        "Notices", "There is no such day. Write day, month and year, as in the document: 24 11 1992."
    ),
    "answer.not_int": QT_TRANSLATE_NOOP("Notices", "Write a whole number, in digits."),
    "answer.not_decimal": QT_TRANSLATE_NOOP("Notices", "Write a number, in digits."),
    "answer.not_time": QT_TRANSLATE_NOOP("Notices", "Write the time of day, as 14:30."),
    "answer.not_dateTime": QT_TRANSLATE_NOOP("Notices", "Write a day and a time of day."),
    "answer.not_geopoint": QT_TRANSLATE_NOOP("Notices", "Write two numbers: latitude and longitude."),
    "answer.not_geotrace": QT_TRANSLATE_NOOP(
        "Notices", "Write two places or more, each as latitude and longitude, with ; between them."
    ),
    "answer.not_geoshape": QT_TRANSLATE_NOOP(
        "Notices", "Write three places or more, then the first one again, with ; between them."
    ),
    "answer.not_on_earth": QT_TRANSLATE_NOOP(
        "Notices", "A latitude lies between -90 and 90, a longitude between -180 and 180."
    ),
    "answer.not_in_range": QT_TRANSLATE_NOOP(
        "Notices", "Choose a number between {start} and {end}, in steps of {step}."
    ),
    "answer.control_characters": QT_TRANSLATE_NOOP(
        "Notices", "There are signs in it that cannot be kept. Type it anew."
    ),
    "answer.limit": QT_TRANSLATE_NOOP("Notices", "This is longer than the form allows."),
    "answer.unknown_place": QT_TRANSLATE_NOOP("Notices", "This question is no longer on the form."),
    "answer.computed": QT_TRANSLATE_NOOP("Notices", "This is worked out from other answers."),
    "answer.counted": QT_TRANSLATE_NOOP("Notices", "How many stand on this list is worked out from other answers."),
}
"""What happened, by code."""

REMEDIES: dict[str, str] = {
    "keys.wrong_passphrase": QT_TRANSLATE_NOOP("Notices", "Look at Caps Lock and at the keyboard's language."),
    "keys.wrong_recovery_code": QT_TRANSLATE_NOOP("Notices", "Look for a sheet with a later date."),
    "keys.recovery_mistyped": QT_TRANSLATE_NOOP("Notices", "Compare each group with the sheet."),
    "keys.weak_passphrase": QT_TRANSLATE_NOOP("Notices", "Four or five words that do not belong together are good."),
    "keys.last_slot": QT_TRANSLATE_NOOP("Notices", "Give somebody else a passphrase first."),
    "keys.file_missing": QT_TRANSLATE_NOOP("Notices", "Put it back from the backup, beside the store."),
    "keys.file_damaged": QT_TRANSLATE_NOOP("Notices", "Put it back from the backup, beside the store."),
    "keys.file_newer": QT_TRANSLATE_NOOP("Notices", "Install the newer version and open it again."),
    "keys.file_changed": QT_TRANSLATE_NOOP("Notices", "Try again."),
    "keys.file_unwritten": QT_TRANSLATE_NOOP("Notices", "Make room on the disk and try again."),
    "keys.not_enough_memory": QT_TRANSLATE_NOOP("Notices", "Close other programs, or use the recovery sheet."),
    "keys.device_secret_missing": QT_TRANSLATE_NOOP("Notices", "Use the recovery sheet and set a new passphrase."),
    "keys.keyring_refused": QT_TRANSLATE_NOOP(
        "Notices", "Unlock the keyring and try again, or use the recovery sheet."
    ),
    "store.missing": QT_TRANSLATE_NOOP("Notices", "Put it back from the backup."),
    "store.empty": QT_TRANSLATE_NOOP("Notices", "Put it back from the backup."),
    "store.damaged": QT_TRANSLATE_NOOP("Notices", "Do not delete anything. Put the last checked backup in its place."),
    "store.truncated": QT_TRANSLATE_NOOP(
        "Notices", "Do not delete anything. Put the last checked backup in its place."
    ),
    "store.newer": QT_TRANSLATE_NOOP("Notices", "Install the newer version and open it again."),
    "store.in_use": QT_TRANSLATE_NOOP("Notices", "Go to that window, or close it first."),
    "store.disk_full": QT_TRANSLATE_NOOP("Notices", "Make room on the disk, then press Try again."),
    "store.read_only": QT_TRANSLATE_NOOP("Notices", "Look whether the disk is locked, then press Try again."),
    "store.disk_failed": QT_TRANSLATE_NOOP("Notices", "Copy the office's folder to another disk before anything else."),
    "store.upgrade_failed": QT_TRANSLATE_NOOP("Notices", "Make room on the disk and open it again."),
    "store.checking": QT_TRANSLATE_NOOP("Notices", "You can read and search. Try again when the check has ended."),
    "store.untrusted": QT_TRANSLATE_NOOP(
        "Notices", "Do not delete anything. Put the last checked backup in its place."
    ),
    "store.blob_damaged": QT_TRANSLATE_NOOP("Notices", "Put the last checked backup beside it and compare."),
    "journal.altered": QT_TRANSLATE_NOOP(
        "Notices", "Do not delete anything. Put the last checked backup in its place."
    ),
    "journal.forged": QT_TRANSLATE_NOOP("Notices", "Do not delete anything. Ask the office it came from."),
    "journal.malformed": QT_TRANSLATE_NOOP(
        "Notices", "Do not delete anything. Put the last checked backup in its place."
    ),
    "programme.refused": QT_TRANSLATE_NOOP("Notices", "Install the program again; the office is not touched by that."),
    "program.crashed": QT_TRANSLATE_NOOP("Notices", "Go on, or lock and unlock if the screen looks wrong."),
    "paths.data_missing": QT_TRANSLATE_NOOP("Notices", "Install the program again; the office is not touched by that."),
    "file.not_written": QT_TRANSLATE_NOOP("Notices", "Choose another folder or make room on the disk."),
    "role.refused": QT_TRANSLATE_NOOP("Notices", "Ask somebody whose role it is. A supervisor can change roles."),
    "office.no_zone": QT_TRANSLATE_NOOP("Notices", "Choose one from the list."),
    "officer.inactive": QT_TRANSLATE_NOOP("Notices", "A supervisor or administrator can let them in again."),
    "officer.no_role": QT_TRANSLATE_NOOP("Notices", "Choose at least one."),
    "officer.last_administrator": QT_TRANSLATE_NOOP("Notices", "Give that role to somebody else first."),
    "plan.no_ceiling": QT_TRANSLATE_NOOP("Notices", "The card beside the plan says why."),
    "plan.over_ceiling": QT_TRANSLATE_NOOP("Notices", "Lower it, or remove another line."),
    "plan.empty": QT_TRANSLATE_NOOP("Notices", "Add one first."),
    "plan.no_picture": QT_TRANSLATE_NOOP("Notices", "Sign on the pad, or attach a scan."),
    "programme.question_refused": QT_TRANSLATE_NOOP("Notices", "Write it as 2 or 0.0045."),
    "leg.unknown_airport": QT_TRANSLATE_NOOP("Notices", "Write a city, a name or the three letters of its code."),
    "leg.several_airports": QT_TRANSLATE_NOOP("Notices", "Choose one from the list, or write the three letters."),
    "leg.skipped_time": QT_TRANSLATE_NOOP("Notices", "Look at the ticket again."),
    "leg.arrives_before": QT_TRANSLATE_NOOP("Notices", "Look at both dates: each is local to its own airport."),
    "leg.too_long": QT_TRANSLATE_NOOP("Notices", "Look at both dates: each is local to its own airport."),
    "journey.unfinished": QT_TRANSLATE_NOOP("Notices", "Complete it on the page Travel."),
    "declaration.no_consent": QT_TRANSLATE_NOOP("Notices", "Ask for it on the page Enrolment first."),
    "paper.not_printed": QT_TRANSLATE_NOOP("Notices", "Look whether it is on and has paper, then print again."),
    "paper.not_printable": QT_TRANSLATE_NOOP("Notices", "Write it in letters this program can print."),
    "paper.harmful_word": QT_TRANSLATE_NOOP("Notices", "Write it in other words."),
    "paper.bad_wording": QT_TRANSLATE_NOOP("Notices", "Look at it in Settings, Wording."),
    "consent.nothing_answered": QT_TRANSLATE_NOOP("Notices", "Answer at least the first one."),
    "claim.decision_before": QT_TRANSLATE_NOOP("Notices", "Compare both dates with the papers."),
    "consent.not_approved": QT_TRANSLATE_NOOP(
        "Notices", "Ask a supervisor to approve it in Settings, Wording. A refusal can be written down."
    ),
    "declaration.not_approved": QT_TRANSLATE_NOOP("Notices", "Ask a supervisor to approve it in Settings, Wording."),
    "value.refused": QT_TRANSLATE_NOOP(
        "Notices", "Look whether it is complete, and free of signs from another program."
    ),
    "signature.no_picture": QT_TRANSLATE_NOOP("Notices", "Sign on the pad, or attach a scan."),
    "signature.not_a_picture": QT_TRANSLATE_NOOP("Notices", "Choose a PNG, JPEG or PDF file."),
    "signature.too_large": QT_TRANSLATE_NOOP("Notices", "Scan it again with fewer dots."),
    "interview.relative": QT_TRANSLATE_NOOP("Notices", "Find another interpreter, by phone where nobody is near."),
    "interview.no_consent": QT_TRANSLATE_NOOP("Notices", "Ask for it on the page Enrolment first."),
    "form.missing": QT_TRANSLATE_NOOP("Notices", "Install the program again; the office is not touched by that."),
    "form.retired": QT_TRANSLATE_NOOP("Notices", "Choose another form, or put it back in Settings, Forms."),
    "form.not_opened": QT_TRANSLATE_NOOP("Notices", "Install the version of the program the interview began with."),
    "form.same_version": QT_TRANSLATE_NOOP(
        "Notices", "Write a later one in the column version of the settings sheet, such as today's date: 2026112401."
    ),
    "form.no_version": QT_TRANSLATE_NOOP(
        "Notices", "Write one in the column version of the settings sheet, such as today's date: 2026112401."
    ),
    "form.bad_id": QT_TRANSLATE_NOOP("Notices", "Use letters without accents, digits, - and _ for form_id."),
    "form.bad_version": QT_TRANSLATE_NOOP("Notices", "Use digits, such as today's date: 2026112401."),
    "form.has_errors": QT_TRANSLATE_NOOP("Notices", "Mend them in the file and import it again."),
    "form.needed": QT_TRANSLATE_NOOP("Notices", "Import the version that takes its place first."),
    "form.unreadable": QT_TRANSLATE_NOOP("Notices", "Look whether another program holds it open."),
    "form.unwritable": QT_TRANSLATE_NOOP("Notices", "Choose another folder or make room on the disk."),
    "form.empty": QT_TRANSLATE_NOOP("Notices", "Choose the form itself."),
    "form.unknown_kind": QT_TRANSLATE_NOOP("Notices", "Choose a workbook (.xlsx), or a .md, .csv or .xml form."),
    "form.not_text": QT_TRANSLATE_NOOP("Notices", "Save it again with the encoding UTF-8."),
    "form.not_workbook": QT_TRANSLATE_NOOP("Notices", "Open it in a spreadsheet program and save it as .xlsx."),
    "form.old_workbook": QT_TRANSLATE_NOOP("Notices", "Open it in a spreadsheet program and save it as .xlsx."),
    "case.missing": QT_TRANSLATE_NOOP("Notices", "It may have been handed over or removed. Look in the list."),
}
"""What to do, by code; a code without one needs none."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is shown of a failure: the sentence, and what to do ("" where the sentence says it)."""

    text: str
    remedy: str = ""


def sentence(failure: Failure) -> str:
    """Return what happened, in the window's language; a calm general sentence for a code without one."""
    return _said(SENTENCES, failure) or _said(SENTENCES, Failure("program.unknown"))


def notice(failure: Failure) -> Notice:
    """Return the sentence and the remedy."""
    return Notice(sentence(failure), _said(REMEDIES, failure))


def _said(table: dict[str, str], failure: Failure) -> str:
    text = table.get(failure.code)
    if text is None:
        return ""
    shown = {name: _shown(value) for name, value in failure.params.items()}
    return QCoreApplication.translate("Notices", text).format_map(shown)


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return wording.money(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return wording.day(value)
    return value
