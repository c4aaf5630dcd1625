"""TeX's letters and punctuation as Unicode; math is unchanged."""

from __future__ import annotations

import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.text.tex import accents
from apps.text.tex.accents import accents_to_unicode

CHANGED = {
    "acute": (r"Jos\'e", "José"),
    "acute in braces": (r"\'{e}t\'{e}", "été"),
    "group around": (r"Sch{\"o}n", "Schön"),
    "double braces": (r"caf{\'{e}}", "café"),
    "umlaut": (r"Pl\"otz", "Plötz"),
    "grave, circumflex, tilde": (r"\`e \^o Mu\~noz", "è ô Muñoz"),
    "macron, dot": (r"\=a \.z", "ā ż"),
    "cedilla": (r"Fran\c{c}ois", "François"),
    "letter accent with space": (r"\v s and \c Cebi", "š and Çebi"),
    "letter accent in braces": (r"\v{Z}itkovi\'c, \k{e}dra, Erd\H{o}s", "Žitković, ędra, Erdős"),
    "breve, ring, dot below, bar below": (r"\u{a} \r{u} \d{s} \b{d}", "ă ů ṣ ḏ"),
    "dotless i": (r"\'\i \'{\i} \"{\i}", "í í ï"),
    "bare dotless": (r"D{\i}n\c{c}", "Dınç"),
    "slashed o": (r"S{\o}ren {\O}stensen J\o rgen", "Søren Østensen Jørgen"),
    "polish l": (r"Stanis{\l}awa \L ukasz", "Stanisława Łukasz"),
    "sharp s and ligatures": (r"Sa{\ss}, \ae{}sir, \OE uvre", "Saß, æsir, Œuvre"),
    "ring a": (r"\AA ngstr\"om \aa{}", "Ångström å"),
    "icelandic": (r"{\TH}or {\dh}", "Þor ð"),
    "accent on an accent": (r"\'{\"u}", "ǘ"),
    "no such composition": (r"Spin\"al Tap, \v{q}", "Spinäl Tap, q\u030c"),
    "escaped signs": (r"R\&D, 10\%, a\_b, \#1", "R&D, 10%, a_b, #1"),
    "signs keep their space": (r"1, \ldots, n; \S 3", "1, …, n; § 3"),
    "double quotes": ("``deep'' and ``wide''", "“deep” and “wide”"),
    "named quotes": (r"\textquotedblleft deep\textquotedblright, it", "“deep”, it"),
    "en dash": ("Blahut--Arimoto, 3--5, a -- b", "Blahut–Arimoto, 3–5, a – b"),
    "em dash": ("models---all", "models—all"),
    "tie": ("Fig.~3, J.~Smith, a~graph, $x$~is", "Fig. 3, J. Smith, a graph, $x$ is"),
    "discretionary hyphen and spaces": (
        r"micro\-scope 10\,km et al.\ say",
        "microscope 10 km et al. say",
    ),
    "escapes in an address": (r"http://a.org/\~{}me/x\_y", "http://a.org/~me/x_y"),
    "beside math": (r"\'e $\'e$ \'e", r"é $\'e$ é"),
    "unclosed math": (r"cost $5, caf\'e", "cost $5, café"),
    "argument of a command": (r"\emph{\'e}", r"\emph{é}"),
}


@pytest.mark.parametrize(("text", "expected"), CHANGED.values(), ids=CHANGED.keys())
def test_becomes_unicode(text: str, expected: str) -> None:
    assert accents_to_unicode(text) == unicodedata.normalize("NFC", expected)


KEPT = {
    "nothing": "",
    "plain": "A plain sentence.",
    "inline math": r"$\'e -- x~y ``z''$",
    "display math": r"$$\v{s}--\o$$",
    "round brackets": r"\(\'e~\)",
    "square brackets": r"\[ a --- b \]",
    "environment": r"\begin{align*} \'e & ~ \\ -- \end{align*}",
    "escaped dollar in math": r"$a\$\'e$",
    "escaped dollar": r"\$5 and \$10",
    "about": "~10% (~3 GeV) and X~N(0,1)",
    "range with tilde": "5~10",
    "option": "run it with --fast",
    "arrows and rules": "a --> b <-- c ----- <!-- d",
    "primes": "f'' and g'",
    "address": "https://a.org/~me/x--y",
    "unknown commands": r"\cite{a} \emph{b} \foo \\ \{x\}",
    "JSON escape": r"\u00e9",
    "accent without a letter": r"\' \c{} \v 5 \"",
    "trailing backslash": "a\\",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_is_kept(text: str) -> None:
    assert accents_to_unicode(text) == text


# fmt: off
TEX_PIECES = st.sampled_from([
    *"aeiou \n'\"`~-$\\{}[]()%&_123", "\\'", '\\"', "\\c", "\\v", "\\i", "\\o ", "\\ss", "``", "''",
    "--", "---", "\\(", "\\)", "\\[", "\\]", "$$", "\\begin{x}", "\\end{x}", "http://a/", "\\-",
    "\\foo", "{\\", "\\~{}", "\\$", "“", "”",
])
# fmt: on
tex = st.lists(TEX_PIECES, max_size=30).map("".join)


@given(tex | st.text())
@example(r"\'{\'{\'e}}")
@example("\\-\\--")
def test_is_idempotent(text: str) -> None:
    once = accents_to_unicode(text)
    assert accents_to_unicode(once) == once


@given(
    before=st.text("abc '`~-", max_size=8), math=st.text("xy\\'{}~-`\"", min_size=1, max_size=12)
)
def test_math_stays_byte_for_byte(before: str, math: str) -> None:
    formula = f"${math.rstrip(chr(92))}0$"
    assert formula in accents_to_unicode(f"{before} {formula} \\'e")


@given(
    st.text().filter(lambda text: not any(mark in text for mark in ("\\", "~", "--", "``", "''")))
)
def test_text_without_marks_is_untouched(text: str) -> None:
    assert accents_to_unicode(text) is text


@given(tex)
@example("see https://a.b/\\~x and ftp://c--d")
def test_no_token_begins_at_another_character(text: str) -> None:
    anywhere = re.compile(".", re.DOTALL)
    with patch.multiple(accents, _BEGINNING=anywhere, _BEGINNING_OR_ADDRESS=anywhere):
        expected = accents_to_unicode(text)
    assert accents_to_unicode(text) == expected
