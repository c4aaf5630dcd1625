"""What an edit says about a term: wrong and right rendering, and where else the wrong one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from apps.text.diff.word_diff import diff

LONGEST = 40
"""Characters of a rendering; what is longer is a sentence that was written anew."""

_KANJI = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_LATIN = "A-Za-z0-9\u00c0-\u024f"
_CLASSES = (re.compile(f"[{_KANJI}]"), re.compile(f"[{_KATAKANA}]"), re.compile(f"[{_LATIN}]"))
_TERM = re.compile(f"[{_KANJI}{_KATAKANA}A-Za-z\u00c0-\u024f]")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_PARTICLES = re.compile("([はがをのにとでへもや]|から|まで|より)")
_NO_TERM = re.compile(r"[\\$\n、。，．！？「」『』]")
_GAP = re.compile(r"[\s\-\u2010-\u2013]+")


def term_corrections(before: str, after: str) -> list[tuple[str, str]]:
    """Return (wrong, right) for each stretch that an edit replaced, where it may be a term.

    Each is widened to where the kind of script changes: 機械 for 深層 in 機械学習 gives 機械学習
    and 深層学習. It is followed by itself with the words that it touches, where these are others:
    素早い for プロンプト is also 素早い工学 for プロンプト工学. What was only added, only taken
    out, or is no word of a term (numbers, endings, punctuation) gives nothing.
    """
    changes = diff(before, after)
    found: dict[tuple[str, str], None] = {}
    for at in range(len(changes) - 1):
        removed, added = changes[at], changes[at + 1]
        if (removed.kind, added.kind) != ("removed", "added"):
            continue
        left = changes[at - 1].text if at else ""
        right = changes[at + 2].text if at + 2 < len(changes) else ""
        for change in _parted(_Replaced(removed.text, added.text, left, right)):
            if not any(map(_TERM.search, change.pair)):
                continue
            for pair in (_to_script(change), _to_words(change)):
                if all(map(_may_be_a_term, pair)):
                    found[pair] = None
    return list(found)


class _Replaced(NamedTuple):
    """What was replaced, by what, and what stands before and behind it in both wordings."""

    wrong: str
    right: str
    before: str
    behind: str

    @property
    def pair(self) -> tuple[str, str]:
        """Return both wordings."""
        return self.wrong, self.right


def _parted(change: _Replaced) -> Iterator[_Replaced]:
    """Yield the words of a stretch one by one, where both wordings have the same particles."""
    wrong, right = _PARTICLES.split(change.wrong), _PARTICLES.split(change.right)
    if wrong[1::2] != right[1::2]:
        yield _without_shared_ends(change)
        return
    for at in range(0, len(wrong), 2):
        if wrong[at] and right[at] and wrong[at] != right[at]:
            before = wrong[at - 1] if at else change.before
            behind = wrong[at + 1] if at + 1 < len(wrong) else change.behind
            yield _without_shared_ends(_Replaced(wrong[at], right[at], before, behind))


def _without_shared_ends(change: _Replaced) -> _Replaced:
    """Leave out what both wordings begin or end with, where it is a word of its own in the wrong
    one: 政治モデル for オフポリシーモデル is 政治 for オフポリシー.
    """
    wrong, right, before, behind = change
    head = _shared(wrong, right)
    while head and _is_one_script(wrong[head - 1 : head + 1]):
        head -= 1
    wrong, right, before = wrong[head:], right[head:], before + wrong[:head]
    tail = _shared(wrong[::-1], right[::-1])
    while tail and _is_one_script(wrong[-tail - 1 :][:2]):
        tail -= 1
    if not tail:
        return _Replaced(wrong, right, before, behind)
    return _Replaced(wrong[:-tail], right[:-tail], before, wrong[-tail:] + behind)


def _shared(one: str, other: str) -> int:
    """Return with how many letters both begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _is_one_script(letters: str) -> bool:
    """Whether two letters belong to one word by their script; a single one does not stand alone."""
    return len(letters) < 2 or any(all(map(kind.match, letters)) for kind in _CLASSES)


def _to_script(change: _Replaced) -> tuple[str, str]:
    """Widen while the script of what was wrong goes on over its edge."""
    before = behind = ""
    for kind in _CLASSES:
        if kind.match(change.wrong[0]):
            before = _run_at_end(kind, change.before)
        if kind.match(change.wrong[-1]):
            behind = _run_at_start(kind, change.behind)
    return before + change.wrong + behind, before + change.right + behind


def _to_words(change: _Replaced) -> tuple[str, str]:
    """Widen by the words, of whatever script, that touch what was replaced."""
    before = next((run for kind in _CLASSES if (run := _run_at_end(kind, change.before))), "")
    behind = next((run for kind in _CLASSES if (run := _run_at_start(kind, change.behind))), "")
    return before + change.wrong + behind, before + change.right + behind


def _run_at_end(kind: re.Pattern[str], text: str) -> str:
    at = len(text)
    while at and kind.match(text[at - 1]):
        at -= 1
    return text[at:]


def _run_at_start(kind: re.Pattern[str], text: str) -> str:
    at = 0
    while at < len(text) and kind.match(text[at]):
        at += 1
    return text[:at]


def _may_be_a_term(text: str) -> bool:
    return (
        1 < len(text.strip()) <= LONGEST
        and _TERM.search(text) is not None
        and _NO_TERM.search(text) is None
    )


def find_renderings(wrong: str, right: str, text: str) -> Iterator[int]:
    """Yield where `wrong` stands in `text` and `right` should.

    Not inside of a longer word in Latin letters, and not where `right`, which may hold `wrong`,
    stands already. Places do not overlap.
    """
    if not wrong:
        return
    at = text.find(wrong)
    while at >= 0:
        end = at + len(wrong)
        if _cuts_a_word(text, at) or _cuts_a_word(text, end) or _is_right(wrong, right, text, at):
            at = text.find(wrong, at + 1)
        else:
            yield at
            at = text.find(wrong, end)


def replace_rendering(wrong: str, right: str, text: str) -> str:
    """Return `text` with `right` in each place of `wrong`."""
    pieces, done = [], 0
    for at in find_renderings(wrong, right, text):
        pieces += [text[done:at], right]
        done = at + len(wrong)
    return "".join([*pieces, text[done:]])


def _cuts_a_word(text: str, at: int) -> bool:
    inside = 0 < at < len(text)
    return inside and all(_LATIN_LETTER.match(letter) for letter in (text[at - 1], text[at]))


def _is_right(wrong: str, right: str, text: str, at: int) -> bool:
    """Whether `wrong` at this place is a part of `right`."""
    inside = right.find(wrong)
    while inside >= 0:
        start = at - inside
        if start >= 0 and text.startswith(right, start):
            return True
        inside = right.find(wrong, inside + 1)
    return False


def term_words(term: str) -> list[str]:
    """Return the words of a term, parted at spaces and hyphens."""
    return [word for word in _GAP.split(term.strip()) if word]


def term_pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term of a source: whole words, any case, plural, hyphen or space."""
    words = map(re.escape, term_words(term))
    edge = "[A-Za-z0-9]"
    inner = r"[\s\-\u2010-\u2013]+".join(words)
    return re.compile(rf"(?<!{edge}){inner}(?:e?s)?(?!{edge})", re.IGNORECASE)
