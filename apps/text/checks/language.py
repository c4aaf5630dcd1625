"""The target is in the target language."""

import re
from collections.abc import Iterator
from functools import lru_cache

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import narrow_prose
from apps.text.protection.japanese_spans import JAPANESE

_WORD = r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z0-9]+)*"
_RUN = re.compile(rf"{_WORD}(?:,? +(?:{_WORD}|\d+(?:\.\d+)?%?))*")
_WORDS = re.compile(_WORD)
_LOWER = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")
_FUNCTION_WORDS = frozenset(
    """
    the a an of is are was were be been to and or that which this these those we our it its they
    their with by from for in on as at can has have not but into than when where while using
    such how what via between both also over under show shows
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
# Written in Latin letters in Japanese papers too.
CUSTOMARY = frozenset(
    """
    softmax dropout sigmoid tanh argmax argmin logit logits sim to real et al in vivo vitro silico
    situ ex ab initio de novo a priori posteriori per se via vs versus cf eq fig no step one two
    zero few shot many top few-shot zero-shot end-to-end state-of-the-art sim-to-real bit bits token
    tokens spin up down on off wifi web app log ln sin cos tan exp min max mod rank tr det dim ker
    im span sup inf lim poly polylog iid i.i.d bps fps kpc mpc pc cm mm nm km kg mg ml keV meV dex
    mag sec rad deg mol rpm ppm ppb wt vol pro anti non post pre cross self multi github arxiv
    scikit-learn pandas matplotlib huggingface vllm python pytorch tensorflow numpy scipy word2vec
    fasttext mixup cutmix github.com www http https com org html json csv xml pdf docker linux bash
    java javascript rust julia pH mRNA tRNA miRNA siRNA eBPF iOS macOS p q k n m x y z t s r d i j l
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
_OPENERS = "(「『\"“'‘[（〔"
_CLAUSE = 5


class LeftoverEnglish(Check):
    """English left in the target: a clause is blocking, a common word a warning.

    Names, titles, acronyms, glosses in brackets and words usually in Latin letters may stay.
    """

    name = "leftover_english"
    label = Label("訳し残しの英語", "left-over English")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if pair.target_language != "ja":
            return
        target = narrow_prose(pair.target)
        japanese = JAPANESE.search(target) is not None
        if not japanese:
            yield from self._whole(pair)
            return
        for match in _RUN.finditer(target):
            if " " not in match[0] and not _LOWER.fullmatch(match[0]):
                continue
            yield from self._run(pair, target, match)

    def _whole(self, pair: Pair) -> Iterator[Finding]:
        words = _LOWER.findall(narrow_prose(pair.target))
        common = [word for word in words if word not in CUSTOMARY]
        if len(common) >= 2 or (common and pair.field != "title"):
            yield self.finding(
                Severity.BLOCKING,
                "訳文に日本語がありません。翻訳してください。",
                "The target has no Japanese. Translate it.",
                (0, len(pair.target)),
            )

    def _run(self, pair: Pair, target: str, match: re.Match[str]) -> Iterator[Finding]:
        words = _WORDS.findall(match[0])
        lower = [word for word in words if _LOWER.fullmatch(word)]
        if not lower:
            return
        function_words = sum(word in _FUNCTION_WORDS for word in words)
        quoted = _is_enclosed(target, match.start(), match.end())
        clause = len(lower) >= _CLAUSE - 1 and len(words) >= _CLAUSE and function_words >= 1
        if clause and not (quoted and len(words) < 12):
            yield self.finding(
                Severity.BLOCKING,
                f"英語の文「{_cut(match[0])}」が訳されずに残っています。翻訳してください。",
                f"The English clause '{_cut(match[0])}' is left. Translate it.",
                match.span(),
            )
        elif not quoted:
            yield from self._words(pair, match)

    def _words(self, pair: Pair, match: re.Match[str]) -> Iterator[Finding]:
        """Warn of common words, once for each run; a run that holds a name counts as a name."""
        common = [
            word
            for word in _WORDS.findall(match[0])
            if _LOWER.fullmatch(word) and word not in CUSTOMARY and _is_common(word, pair.source)
        ]
        if not common or _is_name(match[0]):
            return
        yield self.finding(
            Severity.WARNING,
            f"英語「{_cut(match[0])}」が残っています。翻訳するか、固有の名称であればそのままにしてください。",
            f"The English '{_cut(match[0])}' is left. Translate it unless it is a name.",
            match.span(),
        )


@lru_cache(maxsize=2048)
def _is_common(word: str, source: str) -> bool:
    """Whether the source uses `word` as a plain word, not as part of a name."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", source, re.IGNORECASE) is not None


def _is_name(run: str) -> bool:
    words = _WORDS.findall(run)
    capitals = sum(not word.islower() for word in words)
    return capitals * 2 >= len(words)


def _is_enclosed(target: str, start: int, end: int) -> bool:
    before = target[:start].rstrip()[-1:]
    after = target[end:].lstrip()[:1]
    return (before != "" and before in _OPENERS) or (after != "" and after in '」』"”’')


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
