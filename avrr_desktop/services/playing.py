"""
Play a form step by step: the verbs of an interview without a case, for authors of forms and for comparison.

Paths carry positions, `/data/member[2]/age`; a repeat without a position names the series, elsewhere it means the
first row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from avrr_desktop.domain.failures import Expected
from avrr_desktop.interview.answers import read_row
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.model import Place, RunningForm
from avrr_desktop.interview.xform import load
from avrr_desktop.services.evaluating import chance, uuid_text
from avrr_desktop.services.forms import Source, xform_of

_PART = re.compile(r"([^\[\]/]+)(?:\[(\d{1,9})\])?")


class Play:
    """One form being played."""

    def __init__(
        self,
        source: Source,
        *,
        clock: Callable[[], datetime],
        random_bytes: Callable[[int], bytes],
        zone: tzinfo,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        """
        Open a new interview.

        Args:
            source: The form; tables it names are looked for beside it and in `choices/`.
            clock: Gives aware instants.
            random_bytes: For row ids, uuid() and random().
            zone: Of the interview.
            properties: `username`, `deviceid`, ...

        Raises:
            Expected: The form does not compile or load, by its code behind "form.".
        """
        try:
            self._definition = load(xform_of(source))
            self._given: dict[str, object] = {
                "now": clock,
                "zone": zone,
                "properties": properties or {},
                "tables": _tables(self._definition, source.path.parent),
            }
            self._random_bytes = random_bytes
            self._form = self._open(())
        except FormError as error:
            raise Expected(f"form.{error.code}", **error.params) from error
        self._here: Place | None = None
        self._at = -1

    @property
    def form(self) -> RunningForm:
        """The form as it stands, for a service that reads it."""
        return self._form

    def take(self, step: Mapping[str, object]) -> object:
        """
        Take one step and return its value (FORM steps of the command line).

        Raises:
            Expected: "form.unknown_step", "form.request", "form.unknown_place", "form.no_row", or the engine's
                code behind "form.".
        """
        verbs: Mapping[str, Callable[[Mapping[str, object]], object]] = {
            "answer": self._answer,
            "add_repeat": self._add,
            "remove_repeat": self._remove,
            "set_language": self._speak,
            "next": lambda _step: self._move(1),
            "back": lambda _step: self._move(-1),
            "jump": self._jump,
            "save_and_restore": self._restore,
            "submission": lambda _step: self._form.submission_xml(),
            "query": self._query,
        }
        verb = verbs.get(str(step.get("step")))
        if verb is None:
            raise Expected("form.unknown_step", step=str(step.get("step"))[:60])
        try:
            return verb(step)
        except FormError as error:
            raise Expected(f"form.{error.code}", **error.params) from error

    # Steps

    def _answer(self, step: Mapping[str, object]) -> object:
        place = self._place(step)
        self._form.answer(place, _answer_text(step.get("value")))
        return self._form.value(place)

    def _add(self, step: Mapping[str, object]) -> object:
        repeat = self._place({"path": re.sub(r"\[\d+\]\s*\Z", "", _path(step))})
        if repeat.node not in self._definition.repeats:
            raise Expected("form.no_repeat", path=_path(step)[:200])
        added = self._form.add_row(repeat)
        return self._written(Place(repeat.node, added.row))

    def _remove(self, step: Mapping[str, object]) -> object:
        row = self._place(step)
        if row.node not in self._definition.repeats or not _path(step).rstrip().endswith("]"):
            raise Expected("form.no_repeat", path=_path(step)[:200])
        self._form.remove_row(row)
        return None

    def _speak(self, step: Mapping[str, object]) -> object:
        wanted = str(step.get("language"))
        languages = self._definition.languages
        found = [one for one in languages if one == wanted] or [
            one for one in languages if one.endswith(f"({wanted})") or one.partition(" (")[0] == wanted
        ]
        if not found:
            raise Expected("form.unknown_language", language=wanted[:60], known=", ".join(filter(None, languages)))
        self._form.language = found[0]
        return found[0]

    def _move(self, by: int) -> object:
        places = [place for page in self._form.pages() for place in self._form.places(page.path)]
        at = places.index(self._here) if self._here in places else self._at - (by > 0 and self._here is not None)
        self._at = max(-1, min(len(places), at + by))
        self._here = places[self._at] if 0 <= self._at < len(places) else None
        return None if self._here is None else self._written(self._here)

    def _jump(self, step: Mapping[str, object]) -> object:
        place = self._place(step)
        places = [one for page in self._form.pages() for one in self._form.places(page.path)]
        inside = [one for one in places if one == place or self._written(one).startswith(self._written(place) + "/")]
        if not inside:
            raise Expected("form.not_shown", path=_path(step)[:200])
        self._here, self._at = inside[0], places.index(inside[0])
        return self._written(inside[0])

    def _restore(self, _step: Mapping[str, object]) -> object:
        language = self._form.language
        self._form = self._open(self._form.stored())
        self._form.language = language
        return None

    def _query(self, step: Mapping[str, object]) -> object:
        what = step.get("what")
        if what == "valid" and not step.get("path"):
            return not self._form.violations()
        place = self._place(step)
        form = self._form
        if what in ("constraint", "valid"):
            verdict = form.constraint(place)
            if what == "valid":
                return verdict.valid
            return {"valid": verdict.valid, "condition": verdict.condition or None, "message": verdict.message}
        if what == "choices":
            return [{"value": one.value, "label": one.label} for one in form.choices(place)]
        if what == "repeat_count":
            if place.node not in self._definition.repeats:
                raise Expected("form.no_repeat", path=_path(step)[:200])
            return len(form.rows(place))
        asked: Mapping[object, Callable[[Place], object]] = {
            "value": lambda one: form.value(one) if form.is_relevant(one) else "",
            "relevance": form.is_relevant,
            "readonly": form.is_readonly,
            "required": form.is_required,
            "label": form.label,
            "hint": form.hint,
        }
        if what not in asked:
            raise Expected("form.unknown_query", what=str(what)[:60])
        return asked[what](place)

    # Places and paths

    def _place(self, step: Mapping[str, object]) -> Place:
        path = _path(step).strip()
        template, rep = "", ""
        parts = path.removeprefix("/").split("/")
        for at, part in enumerate(parts, start=1):
            match = _PART.fullmatch(part)
            if match is None:
                raise Expected("form.unknown_place", node=path[:200])
            template += f"/{match[1]}"
            if template in self._definition.repeats:
                if match[2] is None and at == len(parts):
                    return Place(template, rep)
                rows = self._form.rows(Place(template, rep))
                wanted = int(match[2] or 1)
                if not 1 <= wanted <= len(rows):
                    raise Expected("form.no_row", path=path[:200], rows=len(rows))
                rep = rows[wanted - 1]
            elif match[2] not in (None, "1"):
                raise Expected("form.unknown_place", node=path[:200])
        known = template in self._definition.questions or template in self._definition.groups
        if not known and template != self._definition.template.children[0].template:
            raise Expected("form.unknown_place", node=path[:200])
        return Place(template, rep)

    def _written(self, place: Place) -> str:
        """Write a place with positions."""
        rep, positions = place.rep, dict[str, int]()
        for repeat in reversed([one for one in self._definition.repeats if f"{place.node}/".startswith(one + "/")]):
            stored = self._form.stored_at(Place(repeat, rep))
            parent = read_row(stored.value) if stored is not None else None
            above = parent[1] if parent is not None else ""
            rows = self._form.rows(Place(repeat, above))
            if rep in rows:
                positions[repeat] = rows.index(rep) + 1
                rep = above
        template, written = "", ""
        for name in place.node.strip("/").split("/"):
            template += f"/{name}"
            written += f"/{name}" + (f"[{positions[template]}]" if template in positions else "")
        return written

    def _open(self, answers: Sequence[object]) -> RunningForm:
        return RunningForm(
            self._definition,
            answers=answers,  # type: ignore[arg-type]  # what stored() gave
            ids=lambda: uuid_text(self._random_bytes),
            chance=lambda: chance(self._random_bytes),
            **self._given,  # type: ignore[arg-type]  # named in __init__
        )


def _path(step: Mapping[str, object]) -> str:
    path = step.get("path")
    if not isinstance(path, str) or not path.strip():
        raise Expected("form.request", field="path")
    return path


def _answer_text(value: object) -> str:
    """Write a JSON value as ODK's canonical text; a list is the names of choices."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, list):
        return " ".join(_answer_text(one) for one in value)
    if isinstance(value, (str, int)):
        return str(value)
    raise Expected("form.request", field="value")


def _tables(definition: Definition, folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for name in definition.external:
        for path in (folder / f"{name}.csv", folder / "choices" / f"{name}.csv", folder / f"{name}.xml"):
            if "/" not in name and "\\" not in name and path.is_file():
                found[name] = _rows_of(path)
                break
    return found


def _rows_of(path: Path) -> list[dict[str, str]]:
    import csv
    from io import StringIO

    from avrr_desktop.interview.document import read_document

    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            rows = csv.DictReader(StringIO(text, newline=""))
            return [{str(key): cell for key, cell in row.items() if isinstance(cell, str)} for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Expected("form.unreadable_table", file=path.name) from error
    tops = [one for one in read_document(text).children if one.kind == "element"]
    items = [item for top in tops for item in top.children if item.kind == "element"]
    return [{field.name: field.value() for field in item.children if field.kind == "element"} for item in items]
