"""
Name everything that can go wrong with a form, as a code and parameters.

Tree:
    FormError
    ├── ExpressionError      an XPath expression cannot be read or evaluated
    ├── LimitError        a form asks for more than we allow (FORMS.md, "Safety")
    ├── DefinitionError    the XForm is not one we can run
    ├── ConversionError    the Markdown or workbook does not compile
    └── AnswerError        an answer for a place that does not exist, or not in canonical form
"""

from collections.abc import Mapping

Parameter = str | int


class FormError(Exception):
    """
    Carry a code and parameters; the sentence belongs to the face that shows it.

    Attributes:
        code: Short identifier, stable across versions.
        params: What the sentence needs, never an answer of a person.
    """

    def __init__(self, code: str, **params: Parameter) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Parameter] = params


class ExpressionError(FormError):
    """An expression cannot be parsed (`syntax`) or evaluated (`unknown_function`, `arity`, ...)."""


class LimitError(FormError):
    """A limit of `limits` is passed; params: `limit` (its name) and `allowed`."""


class DefinitionError(FormError):
    """The XForm is malformed, has a cycle or declares entities."""


class ConversionError(FormError):
    """The source form does not compile; params may hold `sheet` and `row`."""


class AnswerError(FormError):
    """The place is unknown or the value is not in ODK's canonical text form."""
