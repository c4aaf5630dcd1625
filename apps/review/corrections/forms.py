"""The form of a correction everywhere, and the rows of its preview."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.corrections.apply import text_digest
from apps.review.corrections.glossary import corrected_entry
from apps.text.diff.corrections import replace_rendering, term_pattern
from apps.translation.glossary.entries import BadTerm
from apps.translation.models import LONGEST_TERM, Segment


def _languages() -> list[tuple[str, str]]:
    return [(code, code) for code in settings.TARGET_LANGUAGES]


class FixForm(forms.Form):
    """The wrong and the right rendering, the language, and a term for the glossary."""

    language = forms.ChoiceField(choices=_languages, required=False, widget=forms.HiddenInput)
    wrong = forms.CharField(label=_("wrong rendering"), max_length=LONGEST_TERM)
    right = forms.CharField(label=_("right rendering"), max_length=LONGEST_TERM)
    source_term = forms.CharField(
        label=_("term in the source"),
        max_length=LONGEST_TERM,
        required=False,
        help_text=_(
            "Only sentences with this term are shown. Empty: all with the wrong rendering."
        ),
        widget=forms.TextInput(attrs={"list": "phrases", "lang": "en"}),
    )
    add_term = forms.BooleanField(label=_("add the term to the glossary"), required=False)
    target_term = forms.CharField(
        label=_("rendering in the glossary"),
        max_length=LONGEST_TERM,
        required=False,
        help_text=_("Empty: same as the right rendering."),
    )
    scope = forms.CharField(
        label=_("scope"),
        max_length=LONGEST_TERM,
        required=False,
        help_text=_("arXiv categories such as cs.CL or cs.*; empty: all."),
    )
    forbid = forms.BooleanField(
        label=_("forbid the wrong rendering: it is wrong in every sentence with the term"),
        required=False,
    )

    def clean_language(self) -> str:
        """Return the language, or the site's first target language if it is empty."""
        return self.cleaned_data["language"] or settings.TARGET_LANGUAGES[0]

    def clean(self) -> dict[str, Any]:
        """Make the glossary entry in `entry` if one is wanted, and report its errors."""
        given = super().clean() or self.cleaned_data
        self.entry = None
        if self.errors:
            return given
        if given["wrong"] == given["right"]:
            self.add_error("right", gettext("This is the same as the wrong rendering."))
        if given["add_term"]:
            try:
                self.entry = corrected_entry(
                    given["source_term"],
                    given["target_term"] or given["right"],
                    language=given["language"],
                    scope=given["scope"],
                    forbidden=given["wrong"] if given["forbid"] else "",
                )
            except BadTerm as error:
                self.add_error("source_term", str(error))
        return given


def preview_row(segment: Segment, given: dict[str, Any]) -> dict[str, Any]:
    """Return one sentence for the preview; its source is split at the term."""
    term = given["source_term"].strip()
    found = term_pattern(term).search(segment.source) if term else None
    start, end = found.span() if found else (0, 0)
    return {
        "segment": segment,
        "value": f"{segment.pk}:{text_digest(segment.text)}",
        "paper": segment.translation.paper.arxiv_id,
        "status": segment.translation.get_status_display(),
        "is_public": segment.translation.is_public,
        "source": (segment.source[:start], segment.source[start:end], segment.source[end:]),
        "after": replace_rendering(given["wrong"], given["right"], segment.text),
    }


def parse_choice(value: str) -> tuple[int, str]:
    """Parse a ticked box into the key of a sentence and the digest of the text that was shown."""
    key, _colon, digest = value.partition(":")
    return parse_row_key(key), digest
