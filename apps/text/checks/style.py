"""The house style of Japanese: plain endings, full-width punctuation, titles as noun phrases."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.autofix import autofix
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import prose
from apps.text.diff.word_diff import common_prefix_length

_POLITE = re.compile(
    r"(?:です|ます|ました|ません(?:でした)?|ましょう|でした|でしょう|ください|ございます)"
    r"(?=か?(?:[。．.！!？?…]|\s*$|が、|ので、|から、|し、|けれど))",
    re.MULTILINE,
)
_NOT_POLITE = re.compile(r"ますます$")
_MIGHT_NEED_FIX = re.compile(
    r"[，．Ａ-Ｚａ-ｚ０-９]|[ぁ-ヿ一-鿿）」』] ?[,.;:!?(\u3000 ]"
    r"|[,;:!?) \u3000][ぁ-ヿ一-鿿（「『]|[、。] |[(（][^()（）]*[ぁ-ヿ一-鿿]"
)
_FIX_NAMES = {
    "latin_letters": ("全角英数字", "full-width letters or digits"),
    "commas_and_periods": ("「，．」", "，．"),
    "half_width_punctuation": ("半角の句読点", "half-width punctuation"),
    "brackets": ("半角の括弧", "half-width brackets"),
    "spacing": ("和文と欧文の間の空白", "spaces beside Japanese"),
}


class PoliteStyle(Check):
    """Sentences in です and ます where the site writes plain style (である)."""

    name = "style"
    label = Label("文体の混在", "mixed style")
    severity = Severity.WARNING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if pair.target_language != "ja" or ("で" not in pair.target and "ま" not in pair.target
                                            and "ください" not in pair.target):  # fmt: skip
            return
        target = prose(pair.target)
        for match in _POLITE.finditer(target):
            if _NOT_POLITE.search(target, 0, match.end()) or _quoted(target, match.start()):
                continue
            yield self.finding(
                Severity.WARNING,
                f"敬体「{match[0]}」を常体（である）に直してください。",
                f"Change the polite ending {match[0]} to plain style (である).",
                match.span(),
            )


class Punctuation(Check):
    """，． or half-width punctuation, brackets and spaces beside Japanese; carries the fix."""

    name = "punctuation"
    label = Label("句読点", "punctuation")
    severity = Severity.NOTICE

    def run(self, pair: Pair) -> Iterator[Finding]:
        if pair.target_language != "ja" or not _MIGHT_NEED_FIX.search(pair.target):
            return
        fixed = autofix(pair.target, "abstract")
        if not fixed.applied:
            return
        start = common_prefix_length(pair.target, fixed.text)
        kinds_ja = "、".join(_FIX_NAMES[name][0] for name in fixed.applied)
        kinds_en = ", ".join(_FIX_NAMES[name][1] for name in fixed.applied)
        yield self.finding(
            Severity.NOTICE,
            f"表記が統一されていません：{kinds_ja}。自動修正を適用してください。",
            f"Not in house style: {kinds_en}. Apply the automatic fix.",
            (start, min(start + 1, len(pair.target))),
            fixed.text,
        )


class TitleForm(Check):
    """A title that ends like a sentence: with 。 or in です, ます."""

    name = "title_form"
    label = Label("タイトルの形式", "form of the title")
    severity = Severity.WARNING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if pair.field != "title" or pair.target_language != "ja":
            return
        target = pair.target.rstrip()
        if target.endswith("。"):
            fix = autofix(pair.target, "title").text
            yield self.finding(
                Severity.WARNING,
                "タイトルの末尾に「。」があります。削除してください。",
                "The title ends with 。. Remove it.",
                (len(target) - 1, len(target)),
                fix if not fix.endswith("。") else None,
            )
        asks = pair.source.rstrip().endswith(("?", "!"))
        sentence = (_POLITE_END if asks else _TITLE_SENTENCE).search(target)
        if sentence:
            yield self.finding(
                Severity.WARNING,
                f"タイトルが文の形（「{sentence[0]}」）で終わっています。名詞句にしてください。",
                f"The title ends as a sentence ({sentence[0]}). Make it a noun phrase.",
                sentence.span(),
            )


_POLITE_END = re.compile(r"(?:です|ます|ました|ません|でした|でしょう|ください)か?(?=[。?？]?$)")
_TITLE_SENTENCE = re.compile(rf"{_POLITE_END.pattern}|(?:である|する|した)(?=。?$)")


def _quoted(text: str, at: int) -> bool:
    return text.count("「", 0, at) > text.count("」", 0, at)
