"""Words for people: only through the translator with a literal, and a sentence for every code that can be met."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import grimp
import pytest

from avrr_desktop.cli import form_words
from avrr_desktop.cli.notices import LINES
from avrr_desktop.ui.notices import SENTENCES

PACKAGE = Path(__file__).resolve().parents[2] / "avrr_desktop"
CODE = re.compile(r"[a-z_]+\.[A-Za-z_]+")
WORD = re.compile(r"[^\W\d_]{2}")
SHOWN_FIRST = frozenset({
    *("Label", "ShortLabel", "WrapLabel", "Button", "Field", "Card", "Chip", "CheckRow", "Empty", "Sign"),
    *("PageHeader", "Choices", "Tabs", "Pills", "Toast", "NextStep", "say", "ask", "addAction"),
    *("setText", "setPlaceholderText", "setToolTip", "setAccessibleName", "setAccessibleDescription"),
    *("setWindowTitle", "setWhatsThis", "setStatusTip", "set_text", "set_error", "set_title", "set_fact"),
    *("set_help", "set_label", "set_hint", "set_office", "set_understood", "show_failed"),
})  # fmt: skip
"""Calls whose first argument is read by people."""
BARE = frozenset({"Expected", "Refused", "Blocked", "BadValue"})
"""Failures that are given their code; others own one."""
SHOWN = {"Banner": (1, 2), "NextStep": (0, 1, 2), "Block": (1, 2, 4), "Answer": (1,), "Place": (1,), "Option": (1,)}
"""Calls with other arguments that are read by people: their positions."""


@dataclass
class Tree:
    """The source of the program, parsed: module name -> syntax tree."""

    modules: dict[str, ast.Module] = field(default_factory=dict)

    def below(self, *packages: str) -> Iterator[tuple[str, ast.AST]]:
        for name, module in self.modules.items():
            if name.split(".")[1] in packages:
                yield from ((name, node) for node in ast.walk(module))

    def plant(self, name: str, source: str) -> "Tree":
        return Tree({**self.modules, name: ast.parse(source)})


@pytest.fixture(scope="module")
def tree() -> Tree:
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE]
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in paths]
    return Tree({name: ast.parse(path.read_text("utf-8")) for name, path in zip(names, paths, strict=True)})


# -- Only with a literal --


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def untranslatable(tree: Tree) -> list[str]:
    """Return the calls of the translator that the extractor would miss or file in the wrong place."""
    marked = {
        (name, node.args[0].value)
        for name, node in tree.below("ui", "app")
        if isinstance(node, ast.Call) and called(node) == "QT_TRANSLATE_NOOP" and is_text(node.args[0])
    }
    told = []
    for name, node in tree.below("ui", "app"):
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "QCoreApplication.translate":
            # The extractor knows the translator by its name only.
            told += [f"{name}:{node.lineno} {ast.unparse(node)}"] * (ast.unparse(node.targets[0]) != "translate")
        if not isinstance(node, ast.Call):
            continue
        what, args = called(node), node.args
        if what == "tr":
            good = 0 < len(args) <= 3 and all(map(is_text, args[:2])) and not node.keywords
        elif what == "QT_TRANSLATE_NOOP":
            good = len(args) == 2 and all(map(is_text, args))
        elif what == "translate" and ast.unparse(node.func) in ("translate", "QCoreApplication.translate"):
            # A table of marked sentences is looked up; its own module marks them in the same context.
            good = is_text(args[0]) and (is_text(args[1]) or (name, args[0].value) in marked)
        else:
            continue
        if not good:
            told.append(f"{name}:{node.lineno} {ast.unparse(node)[:90]}")
    return told


def bare(tree: Tree) -> list[str]:
    """Return words that reach people without the translator."""
    told = []
    for name, node in tree.below("ui"):
        if not isinstance(node, ast.Call):
            continue
        what = called(node)
        places = (0,) if what in SHOWN_FIRST else SHOWN.get(what, ())
        shown = [node.args[at] for at in places if at < len(node.args)]
        if any(_says(part) for part in shown):
            told.append(f"{name}:{node.lineno} {ast.unparse(node)[:90]}")
    return told


def _says(node: ast.expr) -> bool:
    """Tell whether an expression holds words of its own; what is called inside it answers for itself."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and WORD.search(node.value) is not None
    if isinstance(node, ast.JoinedStr):
        return any(_says(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp):
        return _says(node.left) or _says(node.right)
    if isinstance(node, ast.IfExp):
        return _says(node.body) or _says(node.orelse)
    return False


def test_text_for_people_goes_through_the_translator_as_a_literal(tree):
    """STYLE.md 8: an f-string, a variable or a wrapper is never found by the extractor."""
    assert untranslatable(tree) == []


def test_no_words_reach_a_widget_past_the_translator(tree):
    assert bare(tree) == []


def test_many_sentences_were_looked_at(tree):
    """The control of the two above: they find what they look for."""
    calls = [node for _name, node in tree.below("ui") if isinstance(node, ast.Call)]
    assert sum(called(node) == "tr" for node in calls) > 500
    assert sum(called(node) in SHOWN_FIRST for node in calls) > 300


@pytest.mark.parametrize(
    "source",
    [
        "self.tr(f'Saved {name}')",
        "self.tr(words)",
        "self.tr('Saved ' + name)",
        "self.tr('Saved', f'at {place}')",
        "QT_TRANSLATE_NOOP(context, 'Saved')",
        "QCoreApplication.translate('Nowhere', words)",
        "say = QCoreApplication.translate",
    ],
)
def test_a_planted_sentence_nobody_can_translate_is_found(tree, source):
    found = untranslatable(tree.plant("avrr_desktop.ui.planted", source))
    assert [line.partition(" ")[0] for line in found] == ["avrr_desktop.ui.planted:1"]


@pytest.mark.parametrize(
    "source",
    [
        "label.setText('Saved')",
        "Button(f'Open {name}')",
        "Label('of ' + name)",
        "Banner('ok', 'Saved' if done else '')",
        "field.set_error('Too long')",
    ],
)
def test_planted_words_past_the_translator_are_found(tree, source):
    found = bare(tree.plant("avrr_desktop.ui.planted", source))
    assert [line.partition(" ")[0] for line in found] == ["avrr_desktop.ui.planted:1"]


# -- A sentence for every code --


def failure_classes(tree: Tree, root: str) -> frozenset[str]:
    """Return *root* and the classes below it, by name."""
    bases: dict[str, set[str]] = {}
    for module in tree.modules.values():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(getattr(base, "id", "") for base in node.bases)
    found = {root}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def texts(node: ast.AST) -> Iterator[str]:
    """Give the literals in *node*."""
    yield from (part.value for part in ast.walk(node) if is_text(part))


def codes(tree: Tree) -> dict[str, set[str]]:
    """
    Return code -> modules that can raise it, of every failure a person can meet.

    A code stands where the failure is made, in its class, or, where a variable is raised, anywhere in that module.
    """
    expected, answers = failure_classes(tree, "Expected"), failure_classes(tree, "AnswerError")
    owned = {
        node.name: node
        for module in tree.modules.values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name in expected
    }
    found: dict[str, set[str]] = {}

    def note(name: str, part: ast.AST, before: str = "") -> None:
        for text in texts(part):
            if CODE.fullmatch(before + text):
                found.setdefault(before + text, set()).add(name)

    for name, module in tree.modules.items():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            what, first = called(node), node.args[0] if node.args else None
            if what in owned and what not in BARE:
                note(name, owned[what])
            elif what in BARE and isinstance(first, ast.Constant | ast.IfExp):
                note(name, first)
            elif what in BARE and first is not None and not isinstance(first, ast.JoinedStr):
                note(name, module)
            elif what in answers and isinstance(first, ast.Constant):
                note("avrr_desktop.services.interviewing", first, "answer.")
    return found


@pytest.fixture(scope="module")
def reached() -> dict[str, set[str]]:
    """Return face -> modules it can come to through imports."""
    graph = grimp.build_graph("avrr_desktop", cache_dir=None)
    told = {}
    for face in ("ui", "cli"):
        own = {module for module in graph.modules if module.startswith(f"avrr_desktop.{face}")}
        told[face] = own.union(*(graph.find_upstream_modules(module) for module in own))
    return told


def missing(found: dict[str, set[str]], reached: set[str], *known: Iterable[str]) -> list[str]:
    """Return the codes a face can meet and has no words for."""
    has = frozenset().union(*known)
    return sorted(code for code, modules in found.items() if modules & reached and code not in has)


def test_the_window_has_a_sentence_for_every_code_it_can_meet(tree, reached):
    assert missing(codes(tree), reached["ui"], SENTENCES) == []


def test_the_command_line_has_a_line_for_every_code_it_can_meet(tree, reached):
    assert missing(codes(tree), reached["cli"], LINES, form_words.WORDS) == []


def test_the_window_holds_no_sentence_for_a_code_nobody_raises(tree):
    """Words of a code that went away go with it. Codes of answers are put together from the engine's own."""
    written = {text for name, module in tree.modules.items() if "notices" not in name for text in texts(module)}
    assert [
        code for code in SENTENCES if code not in written | {"program.unknown"} and not _of_answer(code, written)
    ] == []


def _of_answer(code: str, written: set[str]) -> bool:
    area, _dot, word = code.partition(".")
    return area == "answer" and bool({word, word.removeprefix("not_")} & written)


def test_a_planted_code_without_words_is_told(tree, reached):
    """Raised, owned by a class, or raised from a variable: each is found, and only it."""
    here = "avrr_desktop.services.planted"
    for source in (
        "raise Expected('planted.code', why=1)",
        "class Planted(KeysFailure):\n    '''Nothing.'''\n    CODE = 'planted.code'\nraise Planted()",
        "class Planted(Expected):\n    def __init__(self): super().__init__('planted.code')\nraise Planted()",
        "code = 'planted.code' if x else 'value.refused'\nraise BadValue(code)",
    ):
        found = codes(tree.plant(here, source))
        assert missing(found, {*reached["ui"], here}, SENTENCES) == ["planted.code"]
        assert missing(found, {*reached["cli"], here}, LINES, form_words.WORDS) == ["planted.code"]
