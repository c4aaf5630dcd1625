"""Environment variables as a typed schema."""

from typing import Annotated, Literal

import pytest

from apps.core.variables import (
    Address,
    Names,
    Variables,
    list_variables,
    one_of,
    read_variables,
    variable,
)


class Pump(Variables):
    """A pump"""

    prefix = "PUMP_"
    on: bool = variable(True, "whether it runs", name="")
    litres: float = variable(2.5, "litres a second", name="LITRES", gt=0, le=10)
    pipes: int = variable(1, "pipes", ge=1)
    liquid: Literal["water", "oil"] = variable("water", "what it moves")
    tanks: Annotated[Names, one_of(lambda: ["north", "south"])] = variable(["north"], "tanks")
    maker: Address = variable("", "the maker's site", internal=True)
    key: str = variable(..., "the key", secret=True)
    owner: str = variable("", "", name="OWNER", shared=True)


def test_values_are_typed_and_blank_ones_count_as_not_set() -> None:
    environment = {"PUMP": "off", "PUMP_PIPES": " 3 ", "PUMP_LITRES": " ", "OWNER": "us"}
    found = read_variables(Pump, environment | {"PUMP_KEY": "k", "PUMP_TANKS": ""})
    assert found.problems == []
    assert found.values is not None
    assert found.values.options() == {
        "on": False,
        "litres": 2.5,
        "pipes": 3,
        "liquid": "water",
        "tanks": [],
        "key": "k",
        "owner": "us",
    }


def test_what_is_missing_is_told_apart_from_what_is_wrong() -> None:
    found = read_variables(Pump, {"PUMP_PIPES": "0"})
    assert found.values is None
    assert [one.name for one in found.missing] == ["PUMP_KEY"]
    assert found.problems == ["PUMP_PIPES is '0'. Set it to a whole number, 1 or more."]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUMP", "maybe", "on or off"),
        ("PUMP_LITRES", "0", "a number above 0, 10 at most"),
        ("PUMP_LITRES", "inf", "a number above 0, 10 at most"),
        ("PUMP_LITRES", "many", "a number above 0, 10 at most"),
        ("PUMP_PIPES", "1.5", "a whole number, 1 or more"),
        ("PUMP_LIQUID", "air", "one of: water, oil"),
        ("PUMP_TANKS", "north, west", "Unknown: west. Known are: north, south."),
        ("PUMP_MAKER", "ftp://x", "http:// or https://"),
    ],
)
def test_a_wrong_value_is_named_once_and_its_default_stands(
    name: str, value: str, said: str
) -> None:
    found = read_variables(Pump, {name: value, "PUMP_KEY": "k"})
    (problem,) = found.problems
    assert name in problem
    assert value in problem
    assert said in problem
    assert found.values == read_variables(Pump, {"PUMP_KEY": "k"}).values


def test_all_problems_are_named_at_once() -> None:
    assert (
        len(read_variables(Pump, {"PUMP": "x", "PUMP_PIPES": "x", "PUMP_LIQUID": "x"}).problems)
        == 3
    )


def test_a_secret_is_not_repeated() -> None:
    class Safe(Variables):
        """A safe"""

        pin: int = variable(0, "the pin", secret=True)

    (problem,) = read_variables(Safe, {"PIN": "hunter2"}).problems
    assert "PIN" in problem
    assert "hunter2" not in problem


def test_names_follow_another_prefix_but_shared_ones_do_not() -> None:
    names = [one.name for one in list_variables(Pump, "SECOND_")]
    assert names[:2] == ["SECOND", "SECOND_LITRES"]
    assert names[-1] == "OWNER"
    found = read_variables(Pump, {"SECOND_KEY": "k", "SECOND": "off"}, "SECOND_").values
    assert found is not None
    assert not found.on


def test_what_is_declared_describes_itself() -> None:
    rows = {one.name: (one.accepts, one.default, one.meaning) for one in list_variables(Pump)}
    assert rows["PUMP"] == ("on or off", "on", "whether it runs")
    assert rows["PUMP_LITRES"] == ("a number above 0, 10 at most", "2.5", "litres a second")
    assert rows["PUMP_TANKS"] == ("a list, separated by commas", "north", "tanks")
    assert rows["PUMP_KEY"] == ("text", "", "the key")
