"""The licences under which arXiv distributes papers, and what each permits this site to do.

arXiv's metadata is CC0: titles and abstracts may be translated and shown whatever the paper's
licence is. The paper's own text may be translated only where its licence permits adaptations
(`may_adapt`). List of licences: https://info.arxiv.org/help/license/index.html.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of a paper's own text.

    code: SPDX identifier where there is one ("CC-BY-4.0"), otherwise this site's own code.
    url: canonical address, empty where there is none.
    may_adapt: translations of the paper's text may be published.
    may_use_commercially, must_attribute, must_share_alike: the conditions for that; they mean
    nothing where may_adapt is false.
    """

    code: str
    label_en: str
    label_ja: str
    url: str
    may_adapt: bool
    may_use_commercially: bool = False
    must_attribute: bool = True
    must_share_alike: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the paper's record names a licence that this site knows."""
        return self not in (UNKNOWN, ABSENT)


UNKNOWN = Licence(
    code="unknown",
    label_en="Unknown licence (nothing is permitted)",
    label_ja="不明なライセンス（利用許諾なしとして扱う）",
    url="",
    may_adapt=False,
)

ABSENT = Licence(
    code="none",
    label_en="No licence stated (nothing is permitted)",
    label_ja="ライセンスの記載なし（利用許諾なしとして扱う）",
    url="",
    may_adapt=False,
)

_CREATIVE_COMMONS_NAMES = {
    "by": ("Attribution", "表示"),
    "by-sa": ("Attribution-ShareAlike", "表示-継承"),
    "by-nc-sa": ("Attribution-NonCommercial-ShareAlike", "表示-非営利-継承"),
    "by-nc-nd": ("Attribution-NonCommercial-NoDerivatives", "表示-非営利-改変禁止"),
}
_VERSIONS = ("4.0", "3.0")


def _creative_commons(terms: str, version: str) -> Licence:
    name_en, name_ja = _CREATIVE_COMMONS_NAMES[terms]
    return Licence(
        code=f"CC-{terms.upper()}-{version}",
        label_en=f"CC {terms.upper()} {version} ({name_en})",
        label_ja=f"CC {terms.upper()} {version}（{name_ja}）",
        url=f"https://creativecommons.org/licenses/{terms}/{version}/",
        may_adapt="nd" not in terms,
        may_use_commercially="nc" not in terms,
        must_share_alike=terms.endswith("sa"),
    )


LICENCES: tuple[Licence, ...] = (
    *(
        _creative_commons(terms, version)
        for terms in _CREATIVE_COMMONS_NAMES
        for version in _VERSIONS
    ),
    Licence(
        code="CC0-1.0",
        label_en="CC0 1.0 (Public Domain Dedication)",
        label_ja="CC0 1.0（パブリック・ドメイン提供）",
        url="https://creativecommons.org/publicdomain/zero/1.0/",
        may_adapt=True,
        may_use_commercially=True,
        must_attribute=False,
    ),
    Licence(
        code="CC-PDDC",
        label_en="Public Domain",
        label_ja="パブリック・ドメイン",
        url="https://creativecommons.org/licenses/publicdomain/",
        may_adapt=True,
        may_use_commercially=True,
        must_attribute=False,
    ),
    Licence(
        code="arxiv-nonexclusive-1.0",
        label_en="arXiv.org non-exclusive licence to distribute 1.0",
        label_ja="arXiv.org非独占的配布ライセンス 1.0",
        url="https://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        may_adapt=False,
    ),
    Licence(
        code="arxiv-assumed-1991-2003",
        label_en="Assumed arXiv licence for papers of 1991 to 2003",
        label_ja="1991~2003年投稿論文のarXiv想定ライセンス",
        url="https://arxiv.org/licenses/assumed-1991-2003/",
        may_adapt=False,
    ),
)

_SCHEME_AND_HOST = re.compile(r"(?:https?:)?//(?:www\.)?")
_LEGAL_CODE = re.compile(r"/(?:deed|legalcode)(?:\.[a-z-]+)?$")


def _key(url: str) -> str:
    address = _SCHEME_AND_HOST.sub("", url.strip().lower(), count=1).rstrip("/")
    return _LEGAL_CODE.sub("", address)


_BY_KEY = {_key(licence.url): licence for licence in LICENCES}


def licence_from_url(url: str | None) -> Licence:
    """Return the licence that a harvested record names by its address. Never raises.

    Args:
        url: the address, with any scheme and letter case; None or blank if there is none.

    Returns:
        The licence; ABSENT for no address and UNKNOWN for any other, both of which permit nothing.
    """
    if url is None or not url.strip():
        return ABSENT
    return _BY_KEY.get(_key(url), UNKNOWN)
