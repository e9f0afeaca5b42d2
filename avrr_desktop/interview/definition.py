"""
Describe a form once it is understood: pages, questions, groups, texts, dependency order.

Everything is immutable and shared by all running forms of one version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from avrr_desktop.interview.tree import Node
from avrr_desktop.interview.xpath import Expression

DEFAULT_SECTION = "couns"
"""Section of a form that names none (DESIGN.md 4)."""
SECTION_NAMESPACE = "https://avrr.invalid/xforms"
"""Namespace of our pass-through columns `avrr:section` and `avrr:saveto`, and of the setting `avrr:unreviewed`."""


@dataclass(frozen=True, slots=True)
class Text:
    """A label in one language: plain parts and expressions to fill in, in order."""

    parts: tuple[str | Expression, ...]

    def plain(self) -> str:
        """Return the fixed parts only, an ellipsis for each value."""
        return "".join(part if isinstance(part, str) else "…" for part in self.parts)


Texts = Mapping[str, Text]
"""Per language; a language without a text falls back to the form's default."""


@dataclass(frozen=True, slots=True)
class Binding:
    """
    What the form says about a node.

    Attributes:
        type: ODK data type (`string`, `int`, `date`, ...).
        section: Need-to-know section, inherited from the group or the form.
        save_to: Case field the answer is proposed for, '' for none.
        preload: `jr:preload` and its parameter, '' for none.
    """

    type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    constraint_messages: Texts = field(default_factory=dict)
    required_messages: Texts = field(default_factory=dict)
    section: str = DEFAULT_SECTION
    save_to: str = ""
    preload: str = ""
    preload_parameter: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """
    Where the choices of a question come from.

    Attributes:
        nodeset: Gives item nodes; None when the items stand in the question itself.
        value, label: Evaluated at an item.
        inline: Pairs of value and texts, used when *nodeset* is None.
    """

    nodeset: Expression | None
    value: Expression | None = None
    label: Expression | None = None
    inline: tuple[tuple[str, Texts], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question, note, calculation or hidden value.

    Attributes:
        path: Template path, unique in the form.
        type: XLSForm word (`text`, `select_one`, `calculate`, ...).
        control: XForms control, '' when nothing is shown.
        appearance: Words of the appearance; unknown ones mean a plain control.
        default: Static default.
    """

    path: str
    name: str
    type: str
    control: str
    binding: Binding
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    choices: Choices | None = None
    default: str = ""

    @property
    def section(self) -> str:
        """Return the need-to-know section."""
        return self.binding.section

    @property
    def save_to(self) -> str:
        """Return the case field the answer is proposed for."""
        return self.binding.save_to

    @property
    def is_asked(self) -> bool:
        """Tell whether a person answers it."""
        return bool(self.control) and self.type != "note" and self.binding.calculate is None


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `children` in form order."""

    path: str
    name: str
    binding: Binding
    children: tuple["Item", ...]
    labels: Texts = field(default_factory=dict)
    appearance: tuple[str, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Yield the questions inside, in form order, each repeat once."""
        for child in self.children:
            if isinstance(child, Question):
                yield child
            else:
                yield from child.questions()


@dataclass(frozen=True, slots=True)
class Repeat(Group):
    """
    A repeated group.

    Attributes:
        count: Gives the number of rows; None when people add and remove them.
        initial: Rows a new interview, or a new row of the repeat around it, starts with.
    """

    count: Expression | None = None
    initial: int = 0


Item = Question | Group


@dataclass(frozen=True, slots=True)
class SetValue:
    """
    An action that writes a value.

    Attributes:
        event: `odk-instance-first-load`, `odk-new-repeat` or `xforms-value-changed`.
        target: Template path written.
        value: Computed at the target.
        trigger: Template path whose answer fires it, '' for the other events.
    """

    event: str
    target: str
    value: Expression
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One version of one form.

    Attributes:
        languages: Names as the form writes them, the default first; ("",) without translations.
        section: Default section of questions and of the interview's header.
        pages: Top-level groups in order; loose questions between them form pages of their own.
        questions, groups: By template path, in form order; `questions` includes hidden ones.
        template: Document node of the instance with each repeat once.
        instances: Document nodes of secondary instances.
        external: Names of instances the caller supplies (`csv-external`).
        itext: Language, then id, to text.
        order: Template paths so that each stands after all it reads.
        readers: For each path read by an expression, the paths that are computed from it.
        restless: Paths computed in every pass, whatever changed.
        display: For each path, the paths its label, hint, choices or constraint read.
        namespaces: Prefix to address, for submissions.
        unreviewed: Those of *languages* whose texts nobody has reviewed yet.
    """

    form_id: str
    title: str
    version: str
    languages: tuple[str, ...]
    section: str
    pages: tuple[Group, ...]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    template: Node
    instances: Mapping[str, Node]
    external: frozenset[str]
    itext: Mapping[str, Mapping[str, Text]]
    setvalues: tuple[SetValue, ...]
    order: tuple[str, ...]
    readers: Mapping[str, tuple[str, ...]]
    restless: frozenset[str]
    display: Mapping[str, frozenset[str]]
    namespaces: Mapping[str, str]
    unreviewed: tuple[str, ...] = ()

    @property
    def repeats(self) -> Mapping[str, Repeat]:
        """Return the repeats by path."""
        return {path: group for path, group in self.groups.items() if isinstance(group, Repeat)}

    def path_of(self, name: str) -> str:
        """
        Return the path of the one node of that name.

        Raises:
            KeyError: None or several have it.
        """
        found = [path for path in (*self.questions, *self.groups) if path.rpartition("/")[2] == name]
        if len(found) != 1:
            raise KeyError(name)
        return found[0]
