"""Environment variables as a typed schema: name, type, range, default and meaning of each.

A subclass of `Variables` declares them as fields; `read_variables` takes their values from an
environment and reports each problem in one sentence; `list_variables` lists them for the docs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin
from urllib.parse import urlsplit

from annotated_types import Ge, Gt, Le
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo


class Variables(BaseModel):
    """Variables that belong together. The name of each starts with `prefix`."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)
    prefix: ClassVar[str] = ""

    def options(self) -> dict[str, Any]:
        """Return the values by field, without internal ones."""
        return self.model_dump()


V = TypeVar("V", bound=Variables)


def variable(
    default: Any,
    meaning: str,
    *,
    name: str | None = None,
    shared: bool = False,
    internal: bool = False,
    secret: bool = False,
    required: bool = False,
    shown: str = "",
    **limits: Any,
) -> Any:
    """Declare a variable as a field of a subclass of `Variables`.

    Args:
        default: the value if the variable is not set; `...` if it must be set.
        meaning: what it decides, without a full stop; completes "Set it to" if it is required.
        name: the variable's name after the prefix; by default the field's name in capitals.
        shared: whether `name` is the full name, because another class declares the variable.
        internal: whether `options` leaves it out.
        secret: whether messages must not repeat its value.
        required: whether a production site must set it although it has a default.
        shown: the default as the reference shows it, if that differs from the value.
        **limits: pydantic's `ge`, `gt`, `le`, `min_length`.

    Returns:
        The field.
    """
    return Field(
        default,
        description=meaning,
        alias=name,
        exclude=internal or None,
        json_schema_extra={
            "shared": shared,
            "secret": secret,
            "required": required,
            "shown": shown,
        },
        **limits,
    )


@dataclass(frozen=True, slots=True)
class Accepts:
    """Describes the accepted values of an annotated type: "a date"."""

    text: str


def _split(value: object) -> object:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def _address(text: str) -> str:
    text = text.strip()
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("Set it to an address that starts with http:// or https://.")
    return text


Names = Annotated[list[str], BeforeValidator(_split), Accepts("a list, separated by commas")]
Address = Annotated[str, AfterValidator(_address), Accepts("an http or https address")]


def one_of(choices: Callable[[], list[str]]) -> AfterValidator:
    """Return a validator of a list of names.

    Args:
        choices: returns the valid names.

    Returns:
        A validator that names unknown entries and lists the valid ones.

    Raises:
        ValueError: by the validator, for an unknown name.
    """

    def check(names: list[str]) -> list[str]:
        known = choices()
        if unknown := [name for name in names if name not in known]:
            raise ValueError(f"Unknown: {', '.join(unknown)}. Known are: {', '.join(known)}.")
        return names

    return AfterValidator(check)


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable: its full name, its key, and the field that declares it."""

    name: str
    key: str
    field: FieldInfo

    def extra(self, name: str) -> Any:
        """Return the argument `name` of its declaration with `variable`."""
        extra = self.field.json_schema_extra
        return extra.get(name) if isinstance(extra, dict) else None

    @property
    def meaning(self) -> str:
        """What it decides."""
        return self.field.description or ""

    @property
    def accepts(self) -> str:
        """The accepted values: "a whole number from 1 to 64"."""
        # The last description is the narrowest: annotated types may build on each other.
        for detail in reversed(self.field.metadata):
            if isinstance(detail, Accepts):
                return detail.text
        kind: Any = self.field.annotation
        if type(None) in get_args(kind):
            kind = get_args(kind)[0]
        if get_origin(kind) is Literal:
            return f"one of: {', '.join(choice for choice in get_args(kind) if choice)}"
        if kind is bool:
            return "on or off"
        if kind in (int, float, Decimal):
            return ("a whole number" if kind is int else "a number") + self._range()
        return "text"

    def _range(self) -> str:
        limits = {type(detail): detail for detail in self.field.metadata}
        least, above, most = limits.get(Ge), limits.get(Gt), limits.get(Le)
        if least and most:
            return f" from {least.ge} to {most.le}"
        if above and most:
            return f" above {above.gt}, {most.le} at most"
        if least:
            return f", {least.ge} or more"
        return f" above {above.gt}" if above else ""

    @property
    def default(self) -> str:
        """The default as written in an environment; empty if there is none."""
        value = self.extra("shown") or self.field.default
        if self.field.is_required() or value is None:
            return ""
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, float):
            return f"{value:g}"
        return ",".join(value) if isinstance(value, list) else str(value)


def list_variables(model: type[Variables], prefix: str | None = None) -> list[Variable]:
    """List the variables of a class.

    Args:
        model: the class.
        prefix: replaces the class's own prefix.

    Returns:
        The variables in the order of their declaration.
    """
    start = model.prefix if prefix is None else prefix
    variables = []
    for field_name, field in model.model_fields.items():
        key, name = field.alias, field.alias
        if key is None or name is None:
            key, name = field_name, field_name.upper()
        if not Variable("", key, field).extra("shared"):
            name = f"{start}{name}".removesuffix("_")
        variables.append(Variable(name, key, field))
    return variables


@dataclass(frozen=True, slots=True)
class Reading(Generic[V]):
    """The result of `read_variables`.

    variables: all declared ones. values: None if something is missing. missing: required variables
    without a value. problems: one sentence for each invalid value; `values` has the default.
    """

    variables: list[Variable]
    values: V | None
    missing: list[Variable]
    problems: list[str]


def read_variables(
    model: type[V], environment: Mapping[str, str], prefix: str | None = None
) -> Reading[V]:
    """Read the variables of a class from an environment.

    Args:
        model: the class.
        environment: values by name; a blank value counts as not set, for a list as empty.
        prefix: replaces the class's own prefix.

    Returns:
        The values with everything that is missing or wrong.
    """
    declared = list_variables(model, prefix)
    variables = {one.key: one for one in declared}
    given = {
        key: environment[one.name]
        for key, one in variables.items()
        if environment.get(one.name, "").strip()
        or (one.name in environment and get_origin(one.field.annotation) is list)
    }
    problems: list[str] = []
    invalid: set[str] = set()
    # The second attempt uses the defaults of the invalid variables.
    for _attempt in range(2):
        try:
            return Reading(declared, model.model_validate(given), [], problems)
        except ValidationError as error:
            errors = error.errors()
        for each in errors:
            key = str(each["loc"][0])
            if each["type"] != "missing":
                problems.append(_sentence(variables[key], given, dict(each)))
                invalid.add(key)
        given = {key: value for key, value in given.items() if key not in invalid}
    missing = [variables[str(each["loc"][0])] for each in errors]
    return Reading(declared, None, [one for one in missing if one.key not in invalid], problems)


def _sentence(one: Variable, given: Mapping[str, str], error: Mapping[str, Any]) -> str:
    """Say what is wrong with a variable and what to set it to."""
    is_own = error["type"] == "value_error"
    advice = str(error["ctx"]["error"]) if is_own else f"Set it to {one.accepts}."
    fault = "cannot be used" if one.extra("secret") else f"is {given[one.key]!r}"
    return f"{one.name} {fault}. {advice}"
