"""Negation is kept: a negative sentence must not become positive, or the reverse."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import narrow_prose
from apps.text.numbers.english import lower_words

_DENIES = re.compile(
    r"\b(?P<word>not|cannot|never|neither|unable|nobody|nothing|no longer|no)\b(?!-)"
    r"|(?P<short>[a-z]n['’]t)\b",
    re.IGNORECASE,
)
_DENYING_WORDS = frozenset("not cannot never neither unable nobody nothing no t".split())  # noqa: SIM905
# Phrases with a negative word that may be translated without one.
_NO_DENIAL = re.compile(
    r"\bnot exceed|\bnot (?:only|just|merely|simply|least|to mention|until|surpris|unlike|"
    r"infrequent|un[a-z]+|"
    r"less|more|later|far|long|solely)|\bwhether or not|\bif not\b|\bor not\b|\bno (?:doubt|matter|"
    r"later|more than|less than|fewer)|\bno\.|\bnothing (?:but|more)|\bnot? [\d.]|\bneither\b.*\?$|"
    r"\bcannot but|\bnever before|\bwhy not|\bcan(?:no|['’])t help|\bno one (?:else|but)|"
    r"\bno-|\bnever-|\bnot[- ]so[- ]|\bno (?:fewer|exception)|\bisn['’]t it|\bdon['’]t forget",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"な[いくかけさき]|ません|ませぬ|[ぁ-んァ-ヶ一-鿿]ず|ぬ|無|不|非|未|否|なし|以外|除|困難|"
    r"難し|失敗|"
    r"拒|欠|反し|逆|異な|ゼロ|ノー|外れ|外に|外の|免|禁|まい|止|停|避|防|排|断|妨|阻|かね|限ら|"
    r"限り|反対|"
    r"わずか|だけ|のみ|めったに|ほとんど|対照|失|違|かかわら|足り|絶|やめ|消|抜き|乏|零|別|皆|脱|"
    r"過ぎ|すぎ|"
    r"ノン|アン|まで|まだ|よりも|むしろ|ではな|じゃな|な[ぁー]|嫌|損|廃|離|いえ|捨|省"
)
_DENIES_JAPANESE = re.compile(r"ない(?!し)|なかった|ません|なくなっ|なくなる")
# ない without negation.
_NO_DENIAL_JAPANESE = re.compile(
    r"(?:なければ|なくては|なきゃ|ねば|ないと)(?:なら|いけ)な[いかくけ]|かもしれな[いか]|"
    r"かもしれません|"
    r"(?:だけ|ばかり|のみ)(?:で(?:は)?)?な[いく]|(?:に)?(?:他|ほか)なら(?:ない|なかった|ず)|"
    r"(?:違い|間違い|相違)(?:は|が)?ない|"
    r"少なくな[いか]|せざるを(?:得|え)ない|に過ぎない|にすぎない|"
    r"しか[ぁ-んァ-ヶ一-鿿]{1,10}?(?:ない|なかった|ません)|"
    r"かけがえのない|さりげない|とんでもない|もったいない|ではないか|じゃないか|のではない(?:か|"
    r"だろう)|限らない|"
    r"すぎません|過ぎません|違い(?:は)?ありません|なければなりません|なくてはなりません|"
    r"ないといけません|いけません"
)
_MAY_DENY = re.compile(
    r"\b(?:not|no|non|nor|none|never|neither|nothing|nobody|nowhere|without|cannot|lack|fail|few|"
    r"little|hard|rare|seldom|only|free|avoid|prevent|miss|absen|exclu|less|rather|beyond|instead|"
    r"difficult|barely|scarce|except|unless|until|limit|poor|zero|vanish|los[est]|independ|too|far|"
    r"ignor|neglect|forbid|forbad|stop|still|yet|must|should|need|requir|ha[sd] to|have to|"
    r"constant|"
    r"resist|robust|immun|refus|reject|den[iy]|blind|empty|null|negligib|against|mis[a-z]{3}|even|"
    r"remain|restrict|regardless|keep|kept|preserv|conserv|ceas|insufficient|minim|elud|elus|evad|"
    r"break|broke|inhibit|suppress|block|forgot|forget|un(?!der|til|it|ion|iq|ivers)[a-z]{3}|"
    r"in(?:varian|depend|sensitiv|sufficien|complet|accura|capab|valid|visib|finit|correct|"
    r"consisten|compatib|abilit|definit|activ|effectiv|adequa|efficien|exact|homogen|evitab|"
    r"accessib|distinguish|separab|tractab|feasib|significan|elastic|stabil|nocen|suffic|herent|"
    r"commens|equival|equality|elig|def)|im(?:possib|perfect|practic|mun|balanc|matur|plausib|"
    r"mobil)|ir(?:relevan|reversib|regular|rational|reducib|respect)|il(?:legal|litera|logical|l-)|"
    r"dis(?:appear|agree|allow|abl|contin|similar|connect|order|advantag|crepan|joint|regard|like)|"
    r"anti|away|than|but|nonlinear|out of|open|challeng|problem|impair|defect|weak|small|low|"
    r"short|secre|hid|unknown|oblivious|agnostic|moot|silent|deaf|sole|just|bare|naked|exempt)"
    r"|n['’]t\b|non|-less|less\b|-free",
    re.IGNORECASE,
)


class Negation(Check):
    """A negation of the source without any in the target, or a ない without a cause in the source.

    Clear cases only: 'not only', 'whether or not', なければならない and the like are ignored, and
    any negative morpheme in the other text is enough.
    """

    name = "negation"
    label = Label("否定", "negation")
    severity = Severity.WARNING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if pair.source_language != "en" or pair.target_language != "ja":
            return
        source, target = narrow_prose(pair.source), narrow_prose(pair.target)
        if not target.strip():
            return
        words = lower_words(source)
        if not _DENYING_WORDS.isdisjoint(words) and (denies := _DENIES.search(source)):
            if not _NEGATIVE.search(target):
                denies = _DENIES.search(_NO_DENIAL.sub(" ", source))
                if denies:
                    yield self._lost(denies["word"] or _word_at(source, denies))
            return
        match = _DENIES_JAPANESE.search(target)
        if not match or _MAY_DENY.search(source):
            return
        match = _DENIES_JAPANESE.search(_NO_DENIAL_JAPANESE.sub(_blank, target))
        if match:
            yield self.finding(
                Severity.WARNING,
                f"原文に否定がないのに、訳文に「{match[0]}」があります。肯定か否定か確認してください。",
                f"The target denies ({match[0]}), the source does not. See which is right.",
                match.span(),
            )

    def _lost(self, word: str) -> Finding:
        return self.finding(
            Severity.WARNING,
            f"原文の否定「{word}」に対応する否定が訳文にありません。意味が逆になっていないか確認してください。",
            f"The target has nothing for '{word}'. See whether its meaning was turned round.",
        )


def _word_at(source: str, match: re.Match[str]) -> str:
    start = source.rfind(" ", 0, match.start()) + 1
    return source[start : match.end()]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
