"""What a language model says about its work instead of translating."""

import re
from collections.abc import Iterator

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity

# A group below is a leak unless the source matches the entry of _SOURCE_SAYS with its name.
_LEAKS = re.compile(
    r"(?P<tag></?think(?:ing)?>|<\|[a-z_]+\|>|\[/?INST\]|</?s>|<<SYS>>|<(?:bos|eos|unk|pad)>|```"
    r"|<start_of_turn>|<end_of_turn>|\u2581)"
    r"|(?P<refusal>(?:申し訳(?:ありません|ございません)|すみません|恐れ入ります)[がけ、。]"
    r"|(?:翻訳|お答え|お手伝い|対応|回答)(?:する)?(?:こと)?(?:は|が)?(?:でき(?:ません"
    r"|ない(?!問題))|いたしかねます)"
    r"|(?:[Aa]s an AI|I(?:'m| am) sorry|I can(?:not|'t) (?:translate|help|assist)|I(?:'m"
    r"| am) unable)"
    r"|私は(?:AI|言語モデル|大規模言語モデル)(?:です|であり、|なので|として))"
    r"|(?P<label>(?:^|\n)\s*(?:[*#>]+\s*)?(?:翻訳|訳文|和訳|日本語訳|翻訳結果|翻訳文|日本語"
    r"|回答|出力|結果|原文|英語|入力"
    r"|[Tt]ranslation|[Tt]ranslated text|Japanese(?: [Tt]ranslation)?|English|[Oo]utput"
    r"|[Aa]nswer|Source"
    r"|Target|Assistant|System|User|Input)\s*(?:\*+)?\s*[:：])"
    r"|(?P<opening>(?:以下|次)(?:は|が|に|の)[^。、]{0,24}?(?:翻訳|訳|和訳|日本語)(?:文"
    r"|結果)?(?:です|になります|します|を示します|である)[。:：]?"
    r"|(?:はい|承知(?:し|いた)|かしこまり|了解し|もちろん(?:です|、翻))(?:しました|ました|ます"
    r"|、)?[^。]{0,20}[。、!！]?"
    r"|(?:Here is|Here's|Below is|Sure[,!]|Certainly[,!]|Of course[,!])[^。\n]{0,60})"
    r"|(?P<note>[（(]?(?:訳注|翻訳者注|訳者注|注釈?|[Nn]ote|備考)\s*[:：])"
    r"|(?P<instruction>(?:次の|以下の)(?:英文|英語|文章?|テキスト|要旨|抄録)を?(?:日本語"
    r"|和文)?に?(?:翻)?訳(?:し|せよ)"
    r"|(?:用語集|プレースホルダー?|制約|指示)に(?:従|沿)って(?:翻)?訳|日本語(?:のみ)?で(?:回答"
    r"|出力)(?:して|せよ)"
    r"|Translate (?:the following|this)|[Yy]ou are (?:a|an) (?:professional )?translator)"
)
# Every leak contains one of these; searching for them is faster than the pattern.
_HINTS = (
    ":", "：", "think", "<|", "INST", "s>", "<<", "<bos", "<eos", "<unk", "<pad", "```", "_turn",
    "\u2581", "申し訳", "すみません", "恐れ入", "翻訳", "お答え", "お手伝い", "対応", "回答",
    "an AI", "I'm", "I am", "I can", "私は", "以下", "次の", "次は", "次に", "次が", "はい", "承知",
    "かしこ", "了解", "もちろん", "Here", "Below", "Sure", "Certainly", "Of course", "日本語",
    "用語集", "プレースホルダ", "制約", "指示", "Translate", "ou are",
)  # fmt: skip
_SOURCE_SAYS = {
    "tag": re.compile(r"</?think|<\||INST|</?s>|SYS|<bos|<eos|<unk|<pad|`|_turn"),
    "refusal": re.compile(r"sorry|apolog|unable to|cannot|can't|refus|as an AI|I am an?\b",
                          re.IGNORECASE),
    "label": re.compile(r"^\s*(?:translation|japanese|english|output|answer|source|target|system|"
                        r"user|input|results?|assistant)\s*:", re.IGNORECASE | re.MULTILINE),
    "opening": re.compile(r"\byes\b|of course|\bsure|certainly|here is|below is|translat|japanese|"
                          r"understood|agree", re.IGNORECASE),
    "note": re.compile(r"\bnote|remark|annotation|N\.B\.", re.IGNORECASE),
    "instruction": re.compile(r"translat|instructions|instruct\b|prompt|japanese|glossar",
                              re.IGNORECASE),
}  # fmt: skip
_ONLY_AT_START = frozenset({"opening"})


class Leakage(Check):
    """Refusals, labels (翻訳:), chatter, translator's notes, tags and parts of the prompt."""

    name = "leakage"
    label = Label("プロンプトの混入", "leaked prompt")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if not any(hint in pair.target for hint in _HINTS):
            return
        for match in _LEAKS.finditer(pair.target):
            kind = str(match.lastgroup)
            if kind in _ONLY_AT_START and pair.target[: match.start()].strip():
                continue
            if _SOURCE_SAYS[kind].search(pair.source):
                continue
            shown = match[0].strip()
            yield self.finding(
                Severity.BLOCKING,
                f"訳文に翻訳以外の文字列「{shown}」が混じっています。削除するか、訳し直してください。",
                f"'{shown}' is not a translation. Remove it or translate again.",
                match.span(),
            )
