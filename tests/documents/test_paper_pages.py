"""Blocks on pages: nothing is lost, nothing overflows, heads come again."""

from hypothesis import given
from hypothesis import strategies as st
from paper_samples import FONTS

from avrr_desktop.documents.blocks import Block, Cell, row
from avrr_desktop.documents.fonts import load_fonts
from avrr_desktop.documents.pages import compose


def block(height: float, *, keep: bool = False, head: tuple[Block, ...] = (), is_space: bool = False) -> Block:
    return Block(height, lambda canvas, left, top: None, keep=keep, head=head, is_space=is_space)


HEIGHTS = st.lists(st.tuples(st.floats(1, 60), st.booleans()), max_size=60)


@given(heights=HEIGHTS)
def test_every_block_is_placed_once_in_order_and_inside_the_page(heights: list[tuple[float, bool]]) -> None:
    given_blocks = [block(height, keep=keep) for height, keep in heights]
    pages = compose(given_blocks, 100)
    assert given_blocks == [placed for page in pages for _, placed in page]
    assert all(at + placed.height <= 100 + 1e-9 for page in pages for at, placed in page)


@given(heights=HEIGHTS)
def test_blocks_of_a_page_do_not_overlap(heights: list[tuple[float, bool]]) -> None:
    for page in compose([block(height, keep=keep) for height, keep in heights], 100):
        below = 0.0
        for at, placed in page:
            assert at >= below - 1e-9
            below = at + placed.height


def test_what_keeps_together_moves_together() -> None:
    lead, heading, first = block(80), block(10, keep=True), block(15)
    pages = compose([lead, heading, first], 100)
    assert [[lead], [heading, first]] == [[placed for _, placed in page] for page in pages]


def test_a_group_higher_than_a_page_is_broken_rather_than_lost() -> None:
    group = [block(40, keep=True) for _ in range(5)]
    assert [len(page) for page in compose(group, 100)] == [2, 2, 1]


def test_a_head_comes_again_on_every_page_its_rows_reach() -> None:
    head = (block(10),)
    rows = [block(30, head=head) for _ in range(7)]
    pages = compose([*head, *rows], 100)
    assert len(pages) == 3
    assert all(page[0][1] is head[0] for page in pages)


def test_a_head_comes_again_inside_a_group_higher_than_a_page() -> None:
    head = (block(10),)
    pages = compose([block(40, keep=True, head=head) for _ in range(5)], 100)
    assert all(page[0][1] is head[0] for page in pages[1:])
    assert len(pages) == 3


def test_a_short_cell_stays_whole_and_a_long_one_may_be_parted_inside() -> None:
    fonts = load_fonts(FONTS)
    short = row([Cell("one\ntwo\nthree\nfour", 0, 200)], fonts)
    assert [piece.keep for piece in short] == [True, True, True, False]
    long = row([Cell("\n".join(str(number) for number in range(9)), 0, 200)], fonts, keep=True)
    assert [piece.keep for piece in long] == [True, *[False] * 6, True, True]


def test_no_page_begins_or_is_made_for_empty_space() -> None:
    pages = compose([block(90), block(20, is_space=True), block(50)], 100)
    assert [len(page) for page in pages] == [1, 1]
    assert len(compose([block(95), block(20, is_space=True)], 100)) == 1


def test_a_paper_without_blocks_is_one_empty_page() -> None:
    assert compose([], 100) == [[]]
