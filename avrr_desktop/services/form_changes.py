"""
Compare two versions of a form question by question.

Pure: takes two definitions, gives what is different. A question is the same one when its path is, else when its name is
and nobody else has it (it was moved). A question whose name changed is one removed and one added: answers given under
the old name do not pass to the new one; where their words are equal the new one says which it was.

Source: FORMS.md 6 (importer).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from avrr_desktop.interview.definition import Choices, Definition, Group, Question, Texts
from avrr_desktop.interview.tree import Node
from avrr_desktop.interview.xpath import Expression

_PATH = re.compile(r"/data(?:/[\w.-]+)+")
_INSTANCE = re.compile(r"instance\(\s*(['\"])(.*?)\1\s*\)")


@dataclass(frozen=True, slots=True)
class Facet:
    """
    One thing about a question that is another.

    Attributes:
        what: "label", "hint", "guidance", "required_message", "constraint_message" (with *language*), "type",
            "required", "relevant", "constraint", "calculation", "read_only", "default", "appearance", "section",
            "save_to", "parameters", "repeat_count", "place" (the group it stands in), "name" (of an added question: it
            has the words of the removed one in *before*), "choice_added", "choice_removed", "choice_label" (with
            *language*), "choice_order", "choice_filter".
        before, after: As the form writes it, '' for nothing. Expressions name questions as ${name}.
        language: As the form writes it, '' where there is none.
        choice: Name of the choice, '' for the others.
    """

    what: str
    before: str
    after: str
    language: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """
    What happened to one question or group.

    Attributes:
        kind: "added", "removed" or "changed".
        name: In the version it stands in, the newer where in both.
        label: In that version's first language, '' for calculations.
        is_group: A page, a group or a repeat.
        facets: What is different, of a changed one; of an added one at most "name".
    """

    kind: str
    name: str
    label: str
    is_group: bool
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    All that is different between two versions.

    Attributes:
        form: What is different about the form itself: "title", "section", "order" (of what is in both),
            "language_added", "language_removed".
        differences: In the newer version's order, removed ones behind.
    """

    form: tuple[Facet, ...]
    differences: tuple[Difference, ...]

    def of_kind(self, kind: str) -> tuple[Difference, ...]:
        """Return those of one kind."""
        return tuple(one for one in self.differences if one.kind == kind)


def compare(old: Definition, new: Definition) -> Comparison:
    """Return what *new* says otherwise than *old*."""
    before, after = _items(old), _items(new)
    pairs = _pairs(before, after)
    gone = {path: item for path, item in before.items() if path not in pairs.values()}
    looks_old, looks_new = _Look(old), _Look(new)
    was = _renamed(gone, {path: item for path, item in after.items() if path not in pairs})
    found: list[Difference] = []
    for path, item in after.items():
        if path in pairs:
            facets = tuple(_facets(before[pairs[path]], item, looks_old, looks_new))
            if facets:
                found.append(_difference("changed", item, new, facets))
        else:
            renamed = (Facet("name", was[path], item.name),) if path in was else ()
            found.append(_difference("added", item, new, renamed))
    found += [_difference("removed", item, old) for item in gone.values()]
    stay = set(pairs.values())
    is_moved = [path for path in before if path in stay] != [pairs[path] for path in after if path in pairs]
    order = (Facet("order", "", ""),) if is_moved else ()
    return Comparison((*_of_form(old, new), *order), tuple(found))


def _items(form: Definition) -> dict[str, Question | Group]:
    """Return questions and groups by path, in form order."""
    everything: dict[str, Question | Group] = {**form.groups, **form.questions}
    rank = {path: at for at, path in enumerate(_paths(form.template))}
    return {path: everything[path] for path in sorted(everything, key=lambda one: rank.get(one, len(rank)))}


def _paths(node: Node) -> Iterator[str]:
    for inner in node.children:
        yield inner.template
        yield from _paths(inner)


def _pairs(before: Mapping[str, Question | Group], after: Mapping[str, Question | Group]) -> dict[str, str]:
    """Return new path -> old path of what is in both."""
    pairs = {path: path for path in after if path in before and _is_group(before[path]) == _is_group(after[path])}
    taken = set(pairs.values())
    loose = [path for path in before if path not in taken]
    named = {before[path].name: path for path in loose}
    once_before = Counter(before[path].name for path in loose)
    once_after = Counter(after[path].name for path in after if path not in pairs)
    for path, item in after.items():
        goal = named.get(item.name)
        if path in pairs or goal is None or once_before[item.name] != 1 or once_after[item.name] != 1:
            continue
        if _is_group(before[goal]) == _is_group(item):
            pairs[path] = goal
    return pairs


def _renamed(gone: Mapping[str, Question | Group], come: Mapping[str, Question | Group]) -> dict[str, str]:
    """Return new path -> old name where an added question has all the words of one removed, and they are its alone."""
    old = [(_words(item), item.name) for item in gone.values()]
    times_old = Counter(words for words, _name in old)
    times_new = Counter(_words(item) for item in come.values())
    names = {words: name for words, name in old if times_old[words] == 1}
    return {
        path: names[_words(item)]
        for path, item in come.items()
        if any(item.labels.values()) and times_new[_words(item)] == 1 and _words(item) in names
    }


def _words(item: Question | Group) -> tuple[object, ...]:
    kind = item.type if isinstance(item, Question) else "group"
    return (kind, tuple(sorted((language, text.plain()) for language, text in item.labels.items())))


def _is_group(item: Question | Group) -> bool:
    return isinstance(item, Group)


def _difference(kind: str, item: Question | Group, form: Definition, facets: tuple[Facet, ...] = ()) -> Difference:
    text = item.labels.get(form.languages[0]) or next(iter(item.labels.values()), None)
    return Difference(kind, item.name, text.plain() if text is not None else "", _is_group(item), facets)


def _of_form(old: Definition, new: Definition) -> Iterator[Facet]:
    if old.title != new.title:
        yield Facet("title", old.title, new.title)
    if old.section != new.section:
        yield Facet("section", old.section, new.section)
    for language in new.languages:
        if language and language not in old.languages:
            yield Facet("language_added", "", language, language)
    for language in old.languages:
        if language and language not in new.languages:
            yield Facet("language_removed", language, "", language)


class _Look:
    """How one version writes its expressions, texts and choices."""

    def __init__(self, form: Definition) -> None:
        self.form = form
        self._names = Counter(path.rpartition("/")[2] for path in (*form.groups, *form.questions))
        self.set_to: dict[str, list[str]] = {}
        for action in form.setvalues:
            by = f" <- {self.short(action.trigger)}" if action.trigger else ""
            self.set_to.setdefault(action.target, []).append(self.short(action.value.source) + by)

    def short(self, source: str) -> str:
        """Write an expression with ${name} for each path of a name nobody else has: moving a page changes no rule."""

        def name(match: re.Match[str]) -> str:
            last = match[0].rpartition("/")[2]
            return f"${{{last}}}" if self._names[last] == 1 else match[0]

        return " ".join(_PATH.sub(name, source).split())

    def expression(self, expression: Expression | None) -> str:
        """Write an expression, '' for none."""
        return "" if expression is None else self.short(expression.source)

    def text(self, texts: Texts, language: str) -> str:
        """Write a text of one language with its values in place."""
        found = texts.get(language)
        if found is None:
            return ""
        return "".join(p if isinstance(p, str) else "{" + self.short(p.source) + "}" for p in found.parts).strip()

    def parent(self, path: str) -> str:
        """Return the name of what a question stands in, '' for the form itself."""
        above = path.rpartition("/")[0]
        return above.rpartition("/")[2] if above.count("/") > 1 else ""

    def default(self, question: Question) -> str:
        """Write what the answer begins with."""
        return "; ".join(filter(None, (question.default, *self.set_to.get(question.path, ()))))

    def choices(self, choices: Choices | None) -> dict[str, dict[str, str]]:
        """Return the choices in order: name -> language -> label."""
        if choices is None:
            return {}
        if choices.nodeset is None:
            return {
                value: {language: self.text(texts, language) for language in self.form.languages}
                for value, texts in choices.inline
            }
        match = _INSTANCE.search(choices.nodeset.source)
        document = self.form.instances.get(match[2]) if match is not None else None
        if document is None:
            return {}
        column = choices.value.source if choices.value is not None else "name"
        items = document.children[0].children if document.children else []
        return {_cell(item, column): self._labels(item) for item in items}

    def choice_filter(self, choices: Choices | None) -> str:
        """Write which of the choices are offered, whatever their list is called; '' for all."""
        if choices is None or choices.nodeset is None:
            return ""
        source = self.short(choices.nodeset.source)
        bare = _INSTANCE.sub("", source, count=1)
        return "" if bare == "/root/item" else bare.removeprefix("/root/item")

    def _labels(self, item: Node) -> dict[str, str]:
        key = _cell(item, "itextId")
        if not key:
            return dict.fromkeys(self.form.languages, _cell(item, "label"))
        return {language: self.text(self._texts(key), language) for language in self.form.languages}

    def _texts(self, key: str) -> Texts:
        return {language: texts[key] for language, texts in self.form.itext.items() if key in texts}


def _cell(item: Node, column: str) -> str:
    return next((inner.text for inner in item.children if inner.name == column), "")


def _facets(old: Question | Group, new: Question | Group, was: _Look, now: _Look) -> Iterator[Facet]:
    languages = tuple(dict.fromkeys((*was.form.languages, *now.form.languages)))
    # A language that came or went is said once, of the form; its texts are no changes of each question.
    both = [one for one in languages if one in was.form.languages and one in now.form.languages]
    yield from _texts("label", old.labels, new.labels, both, was, now)
    if isinstance(old, Question) and isinstance(new, Question):
        yield from _texts("hint", old.hints, new.hints, both, was, now)
        yield from _texts("guidance", old.guidance, new.guidance, both, was, now)
        yield from _changed("type", old.type, new.type)
    for what, before, after in _rules(old, new, was, now):
        yield from _changed(what, before, after)
    yield from _texts("required_message", old.binding.required_messages, new.binding.required_messages, both, was, now)
    yield from _texts(
        "constraint_message", old.binding.constraint_messages, new.binding.constraint_messages, both, was, now
    )
    if isinstance(old, Question) and isinstance(new, Question):
        yield from _choices(old.choices, new.choices, both, was, now)


def _rules(old: Question | Group, new: Question | Group, was: _Look, now: _Look) -> Iterator[tuple[str, str, str]]:
    a, b = old.binding, new.binding
    yield "required", was.expression(a.required), now.expression(b.required)
    yield "relevant", was.expression(a.relevant), now.expression(b.relevant)
    yield "constraint", was.expression(a.constraint), now.expression(b.constraint)
    yield "calculation", was.expression(a.calculate), now.expression(b.calculate)
    yield "read_only", was.expression(a.readonly), now.expression(b.readonly)
    yield "section", a.section, b.section
    yield "save_to", a.save_to, b.save_to
    yield "appearance", " ".join(old.appearance), " ".join(new.appearance)
    yield "place", was.parent(old.path), now.parent(new.path)
    if isinstance(old, Question) and isinstance(new, Question):
        yield "default", was.default(old), now.default(new)
        yield "parameters", _pairs_text(old.parameters), _pairs_text(new.parameters)
    else:
        yield "repeat_count", was.expression(getattr(old, "count", None)), now.expression(getattr(new, "count", None))


def _pairs_text(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in sorted(values.items()))


def _changed(what: str, before: str, after: str) -> Iterator[Facet]:
    if before != after:
        yield Facet(what, before, after)


def _texts(what: str, old: Texts, new: Texts, languages: Iterable[str], was: _Look, now: _Look) -> Iterator[Facet]:
    for language in languages:
        before, after = was.text(old, language), now.text(new, language)
        if before != after:
            yield Facet(what, before, after, language)


def _choices(old: Choices | None, new: Choices | None, languages: list[str], was: _Look, now: _Look) -> Iterator[Facet]:
    before, after = was.choices(old), now.choices(new)
    first = was.form.languages[0], now.form.languages[0]
    for value, labels in after.items():
        if value not in before:
            yield Facet("choice_added", "", labels.get(first[1], ""), choice=value)
    for value, labels in before.items():
        if value not in after:
            yield Facet("choice_removed", labels.get(first[0], ""), "", choice=value)
    for value in (value for value in after if value in before):
        for language in languages:
            pair = before[value].get(language, ""), after[value].get(language, "")
            if pair[0] != pair[1]:
                yield Facet("choice_label", *pair, language, value)
    if [value for value in before if value in after] != [value for value in after if value in before]:
        yield Facet("choice_order", " ".join(before), " ".join(after))
    yield from _changed("choice_filter", was.choice_filter(old), now.choice_filter(new))
