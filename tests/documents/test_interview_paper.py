"""The interview on paper: what is said where nobody answered, heads with what follows, marks of Markdown taken off."""

from dataclasses import replace

import pytest
from paper_samples import EN, FONTS, INTERVIEW

from avrr_desktop.documents import interview
from avrr_desktop.documents.failures import NotPrintable
from avrr_desktop.documents.interview import Entry, Head, Reader, plain
from avrr_desktop.documents.preview import page_texts


def pages(values: interview.InterviewValues) -> list[str]:
    made = interview.render(values, wording=EN, fonts=FONTS, rehearsal=False)
    return [" ".join(page.split()) for page in page_texts(made)]


def test_declined_not_asked_and_open_are_said_in_words():
    (page,) = pages(INTERVIEW)
    assert "Does the child go to school? did not want to answer" in page
    assert "Does the child go to school? not asked" in page
    assert "What is the child called? no answer" in page


def test_a_paper_for_the_file_asks_for_no_signature_and_says_what_it_lacks():
    (page,) = pages(replace(INTERVIEW, reader=Reader.INTERNAL, lacks_sections=True))
    assert "Place and date" not in page
    assert "Answers that only those who must help may read are not on this paper." in page
    assert "Place and date" in pages(INTERVIEW)[0]


def test_every_page_says_which_form_and_which_interview():
    many = tuple(Entry(f"Question {number}?", "yes") for number in range(120))
    made = pages(replace(INTERVIEW, parts=many))
    assert len(made) > 3
    for number, page in enumerate(made, start=1):
        assert f"page {number} of {len(made)}" in page
        assert "pre_departure 2026112401 \u00b7 c307e3965acc" in page
        assert "interview txb5f2uv2q2p62dzz7hbye6ph4" in page


def test_a_head_never_ends_a_page():
    heads = tuple(part for number in range(40) for part in (Head(f"Topic {number}", 1), Entry(f"Ask {number}?", "yes")))
    for page in pages(replace(INTERVIEW, parts=heads)):
        body = page.partition(" 7KM2-QX9R")[0]
        last = body.rfind("Topic")
        assert last == -1 or "Ask" in body[last:]


def test_a_letter_no_font_draws_names_its_question():
    with pytest.raises(NotPrintable) as refused:
        pages(replace(INTERVIEW, parts=(Entry("What is your name?", "\u0950"),)))
    assert refused.value.field == "parts[0].answer"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("**Now** the _last_ one", "Now the last one"),
        ("## Health\nHow are you?", "Health\nHow are you?"),
        ("See [our page](https://example.org/x).", "See our page."),
        ('<span style="color:red">Stop</span> here', "Stop here"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("Et vous ?", "Et vous\u00a0?"),
    ],
)
def test_the_marks_of_markdown_come_off_and_nothing_else(label: str, expected: str):
    assert plain(label) == expected


@pytest.mark.parametrize("label", ["with respect to __________ that occurred on _____________ (date)", "___ and ___"])
def test_a_blank_to_fill_in_stays_as_long_as_the_form_has_it(label):
    assert plain(label) == label
    assert plain(f"**Name** __here__: {label}") == f"Name here: {label}"
