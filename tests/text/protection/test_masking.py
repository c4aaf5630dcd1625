r"""Masking and restoring: certain errors are repaired, others reported."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.text.protection.masking import Masked, mask
from apps.text.protection.placeholders import BRACKETS, STYLES, WORD, XML, Style

ALL_STYLES = pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())


def test_an_engine_gets_placeholders() -> None:
    masked = mask(r"We use \emph{deep} nets on $x$ and $y$ \cite{A}.")
    assert masked.text == "We use ⟦0⟧deep⟦1⟧ nets on ⟦2⟧ and ⟦3⟧ ⟦4⟧."
    assert masked.tokens == (r"\emph{", "}", "$x$", "$y$", r"\cite{A}")


def test_spans_that_touch_share_a_placeholder() -> None:
    assert mask(r"equals \emph{$x$}$y$ now").tokens == (r"\emph{$x$}$y$",)


@pytest.mark.parametrize(
    ("style", "text"),
    [(BRACKETS, "is ⟦0⟧."), (XML, 'is <x id="0"/>.'), (WORD, "is X0X.")],
    ids=["brackets", "xml", "word"],
)
def test_each_style_writes_its_own_form(style: Style, text: str) -> None:
    assert mask("is $n$.", style).text == text


@ALL_STYLES
@pytest.mark.parametrize(
    "text",
    [
        "Nothing to hide.",
        "",
        "⟦0⟧ and $x$ and ⟦1⟧",
        "X0X$x$X1X x 0 x 4x4x4",
        "X0$x$0X $x$0X X0$y$ 1$x$2",
        '<x id="0"/> $x$ <X ID = 3>',
        '<x id="$x$"/> <x id=$y$0"/>',
        "⟦$x$⟧ ⟦0$x$ $x$0⟧ [[0]] ［０］ 【 3 】",
        "⟦" + "9" * 5000 + "⟧ $x$",
        "[0] $5 million and $6 million",
        "\\emph{a \\emph{b} $c$",
        "a\x00b \u202e $x$ \ud7ff",
    ],
)  # fmt: skip
def test_text_like_a_placeholder_comes_back(text: str, style: Style) -> None:
    masked = mask(text, style)
    restored = masked.restore(masked.text)
    assert restored.text == text
    assert restored.complete
    assert restored.repaired == ()


PARTS = st.sampled_from(
    ["$", "$$", "\\", "{", "}", "[", "]", "<", ">", "⟦", "⟧", "［", "］", "0", "1", "０", "X", "x",
     '<x id="', '"/>', "<x id=0>", "⟦0⟧", "⟦1⟧", "X0X", "X1X", "[0]", "\\emph{", "\\(", "\\)", "a",
     " ", "\n", "$x$", "_", "^", "`", "https://a.org", "é", "\\'e", "\\begin{equation}", ".",
     "\\end{equation}", "%", "\\%", "@", "&amp;", "--a-b"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PARTS, max_size=30).map("".join), st.lists(PARTS, max_size=15).map(" ".join), st.text()
)


@ALL_STYLES
@given(text=TEXTS)
@example(text="X0$x$0X")
@example(text="X0XX0X")
@example(text="\\begin{equation}X1https://a.org")
def test_the_round_trip_is_the_identity(style: Style, text: str) -> None:
    masked = mask(text, style)
    restored = masked.restore(masked.text)
    assert restored.text == text
    assert restored.complete


BENT = {
    "spaces": (BRACKETS, "⟦ 0 ⟧ より ⟦ 1⟧"),
    "full_width_digits": (BRACKETS, "⟦０⟧ より ⟦１⟧"),
    "full_width_brackets": (BRACKETS, "［０］ より ［１］"),
    "square_brackets": (BRACKETS, "[0] より [[1]]"),
    "lenticular_brackets": (BRACKETS, "【0】 より 〚1〛"),
    "order": (BRACKETS, "⟦1⟧ より ⟦0⟧"),
    "xml_spaces": (XML, '< x id = "0" / > より <x id="1" />'),
    "xml_case_and_quotes": (XML, "<X ID='0'/> より <x id=”1”/>"),
    "xml_full_width": (XML, "＜x id＝＂０＂／＞ より <x id=1>"),
    "xml_open_and_close": (XML, '<x id="0"></x> より <x id="1"/>'),
    "word_case": (WORD, "x0x より X1x"),
    "word_spaces": (WORD, "X 0 X より X 1X"),
    "word_full_width": (WORD, "Ｘ０Ｘ より X1X"),
}


@pytest.mark.parametrize(("style", "output"), BENT.values(), ids=BENT.keys())
def test_an_altered_placeholder_is_recognised(style: Style, output: str) -> None:
    restored = mask("$a$ exceeds $b$", style).restore(output)
    assert restored.text in ("$a$ より $b$", "$b$ より $a$")
    assert restored.complete


def source() -> Masked:
    return mask("$a$ exceeds $b$ and $c$")


CERTAIN = {
    "renumbered_from_one": ("⟦1⟧、⟦2⟧、⟦3⟧", "$a$、$b$、$c$", (0, 1, 2)),
    "renumbered_and_moved": ("⟦13⟧、⟦11⟧、⟦12⟧", "$c$、$a$、$b$", (0, 1, 2)),
    "written_out_by_the_engine": ("⟦0⟧、$b$、⟦2⟧", "$a$、$b$、$c$", (1,)),
    "stuttered": ("⟦0⟧、⟦1⟧ ⟦1⟧、⟦2⟧", "$a$、$b$、$c$", (1,)),
}


@pytest.mark.parametrize(("output", "text", "repaired"), CERTAIN.values(), ids=CERTAIN.keys())
def test_certain_errors_are_repaired(output: str, text: str, repaired: tuple[int, ...]) -> None:
    restored = source().restore(output)
    assert restored.text == text
    assert restored.complete
    assert restored.repaired == repaired


def test_a_doubled_placeholder_stands_for_a_missing_one_with_the_same_original() -> None:
    restored = mask("$n$ by $n$").restore("⟦0⟧ × ⟦0⟧")
    assert (restored.text, restored.repaired, restored.complete) == ("$n$ × $n$", (1,), True)


REPORTED = {
    "lost": ("⟦0⟧、⟦2⟧", (1,), (), ()),
    "all_lost": ("何もない", (0, 1, 2), (), ()),
    "doubled": ("⟦0⟧、⟦1⟧、⟦2⟧、⟦1⟧", (), (1,), ()),
    "doubled_for_another": ("⟦0⟧、⟦1⟧、⟦1⟧", (2,), (1,), ()),
    "stuttered_while_one_is_lost": ("⟦0⟧⟦0⟧、⟦1⟧", (2,), (0,), ()),
    "invented": ("⟦0⟧、⟦1⟧、⟦2⟧、⟦7⟧", (), (), ("⟦7⟧",)),
    "renumbered_but_one_lost": ("⟦2⟧、⟦3⟧", (0, 1), (), ("⟦3⟧",)),
    "written_out_twice": ("⟦0⟧、$b$、$b$、⟦2⟧", (1,), (), ()),
    "written_out_and_kept": ("⟦0⟧、⟦1⟧、⟦2⟧", (), (), ()),
}


@pytest.mark.parametrize(
    ("output", "missing", "doubled", "unknown"), REPORTED.values(), ids=REPORTED.keys()
)
def test_uncertain_errors_are_reported(
    output: str, missing: tuple[int, ...], doubled: tuple[int, ...], unknown: tuple[str, ...]
) -> None:
    restored = source().restore(output)
    assert (restored.missing, restored.doubled, restored.unknown) == (missing, doubled, unknown)
    assert restored.complete is not bool(missing or doubled or unknown)


def test_a_single_character_standing_in_the_output_proves_nothing() -> None:
    masked = mask(r"\emph{a big} one")
    assert masked.restore("⟦0⟧大きい}もの").missing == (1,)


def test_an_original_that_was_visible_too_proves_nothing() -> None:
    masked = Masked("π and ⟦0⟧ and 2π", ("2π",))
    assert masked.restore("π と 2π").missing == (0,)


def test_a_placeholder_invented_for_a_text_without_any_is_reported() -> None:
    assert mask("Plain words.").restore("言葉 ⟦0⟧。").unknown == ("⟦0⟧",)


@given(st.lists(st.integers(0, 4), max_size=8))
def test_restoring_never_hides_a_loss(numbers: list[int]) -> None:
    masked = mask("$a$ or $b$ or $c$")
    restored = masked.restore("、".join(f"⟦{number}⟧" for number in numbers))
    if restored.complete:
        assert sorted(restored.text.split("、")) == ["$a$", "$b$", "$c$"]
