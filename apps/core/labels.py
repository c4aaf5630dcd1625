"""Labels of plugins in the language of the interface."""

from django.utils.translation import get_language

from apps.core.plugins import Label


def label_text(label: Label) -> str:
    """Return a label in the language of the interface.

    Args:
        label: a text in both languages.

    Returns:
        The text; Japanese if no language is active.
    """
    return label.in_language(get_language())
