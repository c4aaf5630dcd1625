"""What plugins say in both languages, in the language of the interface."""

from django.utils.translation import get_language

from apps.core.plugins import Label


def label_text(label: Label) -> str:
    """Return the text in the language of the interface."""
    return label.in_language(get_language())
