"""What the templates of the editors' desk need."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from apps.text.word_diff import diff

register = template.Library()


@register.simple_tag
def word_diff(before: str, after: str) -> SafeString:
    """Return what changed as <del> and <ins>; `data-said` is for screen readers."""
    forms = {
        "same": SafeString("{}"),
        "removed": _marked("del", gettext("removed:")),
        "added": _marked("ins", gettext("added:")),
    }
    parts = ((format_html(forms[item.kind], item.text),) for item in diff(before, after))
    return format_html_join("", "{}", parts)


def _marked(tag: str, said: str) -> SafeString:
    return format_html(SafeString('<{0} data-said="{1} ">{{}}</{0}>'), SafeString(tag), said)
