"""The licences of texts: from the origin of each sentence and the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from apps.text.arxiv.licences import LICENCES
from apps.translation.models import MemoryOrigin, Segment, SegmentOrigin

UNSTATED = "NOASSERTION"
"""SPDX's value for an unstated licence."""
FORBIDDEN = "NONE"
"""SPDX's value where nothing is permitted."""
_BY_CODE = {licence.code.lower(): licence for licence in LICENCES}
_NO_SPDX = re.compile(r"[^A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class TextLicence:
    """A licence: SPDX identifier, and URL if known."""

    spdx: str
    url: str = ""


METADATA = TextLicence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
"""arXiv's metadata, abstracts included: https://info.arxiv.org/help/api/tou.html."""


@dataclass(frozen=True, slots=True)
class EngineLicence:
    """The licence of an engine's texts. model: empty for all its models."""

    engine: str
    model: str
    licence: TextLicence

    @property
    def is_forbidden(self) -> bool:
        """Whether the text may not be redistributed."""
        return self.licence.spdx == FORBIDDEN


@dataclass(frozen=True, slots=True)
class LicenceRules:
    """The settings about licences of texts.

    own: of texts by editors, and of engines without a licence of their own. withheld: identifiers
    and names, in lower case, of licences that do not allow redistribution.
    """

    own: TextLicence
    engines: tuple[EngineLicence, ...]
    withheld: tuple[str, ...]

    def may_pass_on(self, licence: str) -> bool:
        """Return whether texts under this licence may be exported."""
        return licence.lower() not in self.withheld

    def of_sentence(self, segment: Segment) -> str:
        """Return the SPDX identifier of a sentence's licence, as `rows.licence_of_sentence` in SQL.

        A sentence from the memory needs its entry loaded.
        """
        if segment.origin == SegmentOrigin.MEMORY:
            entry = segment.memory_entry
            if entry is not None and entry.licence:
                return entry.licence
            is_own = entry is not None and entry.origin == MemoryOrigin.APPROVED
            return self.own.spdx if is_own else UNSTATED
        if segment.origin != SegmentOrigin.PERSON:
            model = segment.engine_version.partition("@")[0]
            for rule in self.engines:
                if rule.engine == segment.engine and rule.model in ("", model):
                    return rule.licence.spdx
        return self.own.spdx

    def address_of(self, spdx: str) -> str:
        """Return the URL of a licence; empty if unknown."""
        known = [self.own, METADATA, *(each.licence for each in self.engines)]
        return next((each.url for each in known if each.spdx == spdx), parse_licence(spdx).url)


def licence_rules() -> LicenceRules:
    """Return the rules of the settings."""
    return LicenceRules(
        own=parse_licence(settings.TRANSLATION_LICENCE),
        engines=tuple(
            sorted(
                (
                    EngineLicence(engine, model, parse_licence(words))
                    for name, words in settings.ENGINE_LICENCES.items()
                    for engine, _, model in [name.partition(":")]
                ),
                # Rules for one model come before those for all models of its engine.
                key=lambda rule: (rule.engine, not rule.model, rule.model),
            )
        ),
        withheld=tuple(
            sorted({FORBIDDEN.lower(), *(name.lower() for name in settings.UNSHARED_LICENCES)})
        ),
    )


def parse_licence(text: str) -> TextLicence:
    """Parse the name of a licence: "CC0 1.0", "CC-BY-4.0", "no", "X https://...".

    A name that is not an SPDX identifier becomes a LicenseRef.
    """
    name, _, url = text.strip().partition(" http")
    url = f"http{url}" if url else ""
    if not name:
        return TextLicence(UNSTATED, url)
    if name.lower() in ("no", FORBIDDEN.lower()):
        return TextLicence(FORBIDDEN, url)
    code = _NO_SPDX.sub("-", name.strip()).strip("-")
    known = _BY_CODE.get(code.lower())
    if known is not None:
        return TextLicence(known.code, url or known.url)
    if code == name:
        spdx = code == UNSTATED or code.startswith("LicenseRef-")
        return TextLicence(code, url or ("" if spdx else f"https://spdx.org/licenses/{code}.html"))
    return TextLicence(f"LicenseRef-{code}", url)


def licence_list(spdx: Iterable[str], rules: LicenceRules) -> list[dict[str, str]]:
    """Return licences as in the manifest, sorted by identifier."""
    return [{"spdx": name, "url": rules.address_of(name)} for name in sorted(set(spdx))]
