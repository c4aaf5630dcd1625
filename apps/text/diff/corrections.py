"""Which term an edit corrected, and where else its wrong rendering occurs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from apps.text.diff.word_diff import common_prefix_length, diff

LONGEST = 40
"""Characters of a rendering; anything longer is a rewritten sentence."""

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
    """Return the terms that an edit corrected.

    Each change is widened to where the script changes: 機械 for 深層 in 機械学習 gives 機械学習 and
    深層学習. Where words of another script touch it, the change widened by them follows: 素早い for
    プロンプト is also 素早い工学 for プロンプト工学. Additions, removals and changes that are no
    part of a term (numbers, endings, punctuation) give nothing.

    Args:
        before: the text before the edit.
        after: the text after it.

    Returns:
        Pairs (wrong rendering, right rendering) in order.
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
    """A replaced stretch, its replacement, and the unchanged text before and behind it."""

    wrong: str
    right: str
    before: str
    behind: str

    @property
    def pair(self) -> tuple[str, str]:
        """The two wordings."""
        return self.wrong, self.right


def _parted(change: _Replaced) -> Iterator[_Replaced]:
    """Yield the changed words one by one, where both wordings have the same particles."""
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
    """Strip shared words at both ends: 政治モデル to オフポリシーモデル is 政治 to オフポリシー."""
    wrong, right, before, behind = change
    head = common_prefix_length(wrong, right)
    while head and _is_one_script(wrong[head - 1 : head + 1]):
        head -= 1
    wrong, right, before = wrong[head:], right[head:], before + wrong[:head]
    tail = common_prefix_length(wrong[::-1], right[::-1])
    while tail and _is_one_script(wrong[-tail - 1 :][:2]):
        tail -= 1
    if not tail:
        return _Replaced(wrong, right, before, behind)
    return _Replaced(wrong[:-tail], right[:-tail], before, wrong[-tail:] + behind)


def _is_one_script(letters: str) -> bool:
    """Whether two letters belong to one word by their script; True for a single letter."""
    return len(letters) < 2 or any(all(map(kind.match, letters)) for kind in _CLASSES)


def _to_script(change: _Replaced) -> tuple[str, str]:
    """Widen the change over neighbouring letters of the same script."""
    before = behind = ""
    for kind in _CLASSES:
        if kind.match(change.wrong[0]):
            before = _run_at_end(kind, change.before)
        if kind.match(change.wrong[-1]):
            behind = _run_at_start(kind, change.behind)
    return before + change.wrong + behind, before + change.right + behind


def _to_words(change: _Replaced) -> tuple[str, str]:
    """Widen the change by the words, of any script, that touch it."""
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
    """Find the places where a wrong rendering is to be replaced.

    Skips places inside a longer word in Latin letters, and places that belong to the right
    rendering already (`right` may contain `wrong`).

    Args:
        wrong: the rendering to look for; nothing is found if empty.
        right: its replacement.
        text: where to look.

    Yields:
        Offsets into `text`, ascending, without overlaps.
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
    """Replace a wrong rendering wherever `find_renderings` finds it.

    Args:
        wrong: the rendering to look for.
        right: its replacement.
        text: where to replace it.

    Returns:
        The corrected text.
    """
    parts, done = [], 0
    for at in find_renderings(wrong, right, text):
        parts += [text[done:at], right]
        done = at + len(wrong)
    return "".join([*parts, text[done:]])


def _cuts_a_word(text: str, at: int) -> bool:
    inside = 0 < at < len(text)
    return inside and all(_LATIN_LETTER.match(letter) for letter in (text[at - 1], text[at]))


def _is_right(wrong: str, right: str, text: str, at: int) -> bool:
    """Whether `wrong` at this place is part of `right`."""
    inside = right.find(wrong)
    while inside >= 0:
        start = at - inside
        if start >= 0 and text.startswith(right, start):
            return True
        inside = right.find(wrong, inside + 1)
    return False


def term_words(term: str) -> list[str]:
    """Split a term at spaces and hyphens.

    Args:
        term: as written.

    Returns:
        Its words in order.
    """
    return [word for word in _GAP.split(term.strip()) if word]


def term_pattern(term: str) -> re.Pattern[str]:
    """Return a pattern that finds a term: whole words, any case, plural, hyphens or spaces.

    Args:
        term: a term with at least one word.

    Returns:
        The compiled pattern.
    """
    words = map(re.escape, term_words(term))
    edge = "[A-Za-z0-9]"
    inner = r"[\s\-\u2010-\u2013]+".join(words)
    return re.compile(rf"(?<!{edge}){inner}(?:e?s)?(?!{edge})", re.IGNORECASE)
