"""The form that starts a harvest of a set and a span of days, or of single papers."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.harvest.models import HarvestRun, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

_SET = re.compile(r"[a-z][a-z-]*(:[A-Za-z][A-Za-z-]*){0,2}")
MOST_PAPERS = 500


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StartForm(forms.Form):
    """A set with its days, or a list of papers."""

    set_spec = forms.CharField(
        label=_("set"),
        required=False,
        max_length=64,
        help_text=_("A set of arXiv's OAI-PMH, such as cs:cs:CL or math."),
    )
    from_date = forms.DateField(label=_("from"), required=False, widget=_day_input())
    until_date = forms.DateField(
        label=_("until"),
        required=False,
        widget=_day_input(),
        help_text=_("Days on which arXiv changed a record; empty: up to now."),
    )
    identifiers = forms.CharField(
        label=_("papers"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40}),
        help_text=_("Or arXiv identifiers or addresses, with spaces or lines between them."),
    )

    def clean_set_spec(self) -> str:
        given: str = self.cleaned_data["set_spec"].strip()
        if given and not _SET.fullmatch(given):
            raise forms.ValidationError(gettext("Write the set as arXiv does: cs:cs:CL."))
        return given

    def clean_identifiers(self) -> list[str]:
        words = self.cleaned_data["identifiers"].replace(",", " ").split()
        if len(words) > MOST_PAPERS:
            raise forms.ValidationError(
                gettext("At most %(most)s papers at once.") % {"most": MOST_PAPERS}
            )
        try:
            return list(dict.fromkeys(str(ArxivId.parse(word).unversioned) for word in words))
        except InvalidArxivId as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Require either a set with a first day, or papers."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        first, last = given["from_date"], given["until_date"]
        if bool(given["identifiers"]) == bool(given["set_spec"]):
            raise forms.ValidationError(gettext("Enter either a set or papers, not both."))
        if given["identifiers"] and (first or last):
            raise forms.ValidationError(
                gettext("Days can be combined with a set only, not with papers.")
            )
        if given["set_spec"] and not first:
            raise forms.ValidationError(
                gettext("Enter the first day. Without it, the whole set is harvested.")
            )
        if first and last and first > last:
            raise forms.ValidationError(gettext("The first day is after the last one."))
        return given

    def start(self, now: datetime) -> HarvestRun:
        """Add the run of a valid form."""
        given = self.cleaned_data
        if given["identifiers"]:
            query = "\n".join(given["identifiers"])
            return start_run(RunKind.IDS, SourceFormat.ATOM, now=now, query=query)
        return start_run(
            RunKind.OAI,
            SourceFormat.ARXIV_RAW,
            now=now,
            set_spec=given["set_spec"],
            from_date=given["from_date"],
            until_date=given["until_date"],
        )
