"""Acronyms are kept: LLM must not become LSM."""

import re
from collections.abc import Iterator
from functools import lru_cache

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity
from apps.text.checks.normalised_pair import narrow_prose
from apps.text.numbers.words import SPELLED_UNITS, UNITS

_ACRONYM = re.compile(r"(?<![A-Za-z0-9])[A-Z0-9]*[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*s?(?![A-Za-z0-9])")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]")
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_ROMAN = re.compile(r"[IVXLC]+")
# May occur in a translation without being in the source.
_CUSTOMARY = frozenset(
    """
    AI IT DNA RNA GPU CPU API URL PC TV ID OK USA US UK EU UN UAE USSR IOT SNS GPS WHO NASA GDP CT
    MRI OS PDF HTML ML NLP LED LCD CEO PCR HIV AIDS CO2 H2O NPO NGO ICT DX EV ESA CERN IMF OECD
    """.split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
# How translators write out an acronym.
_WRITTEN_OUT = {
    "AI": "人工知能", "LLM": "言語モデル", "ML": "機械学習", "NLP": "自然言語", "RL": "強化学習",
    "CNN": "畳み込み", "RNN": "再帰|回帰|リカレント", "GNN": "グラフニューラル",
    "PDE": "偏微分方程式", "ODE": "常微分方程式", "SDE": "確率微分方程式", "US": "米|アメリカ",
    "USA": "米|アメリカ", "UK": "英|イギリス", "EU": "欧州|ヨーロッパ", "UN": "国連", "UV": "紫外",
    "IR": "赤外", "QCD": "量子色", "QED": "量子電磁", "BEC": "凝縮", "CMB": "背景放射",
    "DM": "暗黒物質", "SM": "標準模型|標準モデル", "BH": "ブラックホール", "AGN": "活動銀河",
    "ISM": "星間", "GRB": "ガンマ線バースト", "SVM": "サポートベクタ", "PCA": "主成分",
    "SGD": "確率的勾配", "MD": "分子動力学", "DFT": "密度汎関数|フーリエ", "NMR": "核磁気共鳴",
    "MRI": "磁気共鳴", "EEG": "脳波", "ECG": "心電", "WHO": "世界保健", "UAV": "無人|ドローン",
    "IOT": "モノのインターネット", "QA": "質問応答", "VQA": "視覚", "ASR": "音声認識",
    "TTS": "音声合成", "MT": "機械翻訳", "OOD": "分布外", "KG": "知識グラフ", "VAE": "変分",
    "GAN": "敵対的生成", "HIV": "ヒト免疫", "GDP": "国内総生産", "TV": "テレビ",
    "3D": "三次元|3次元|立体", "2D": "二次元|2次元|平面", "AD": "アルツハイマー|西暦",
    "PD": "パーキンソン", "BC": "紀元前", "PM": "午後|首相", "AM": "午前", "NYC": "ニューヨーク",
    "LA": "ロサンゼルス", "DC": "ワシントン|直流", "AC": "交流", "OK": "了解|よい",
    "COVID": "コロナ", "UNESCO": "ユネスコ", "BCE": "紀元前", "REM": "レム", "II": "2|二",
    "III": "3|三", "IV": "4|四", "UAE": "アラブ首長国", "NGO": "非政府", "NPO": "非営利",
}  # fmt: skip
_SHOUTING = 0.5


class Acronyms(Check):
    """An acronym of the target that is not in the source, or one of the source that is lost.

    Blocking if it differs in one letter from a lost one. Initials of words of the source and
    written-out forms are right.
    """

    name = "acronyms"
    label = Label("略語", "acronym")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        target, source = narrow_prose(pair.target), narrow_prose(pair.source)
        if not (_CAPITALS.search(target) or _CAPITALS.search(source)) or source.isupper():
            return
        wanted = {_key(match[0]): match[0] for match in _ACRONYM.finditer(source)}
        found = {_key(match[0]): match for match in _ACRONYM.finditer(target)}
        if not wanted and not found:
            return
        words = {_key(word) for word in _TOKEN.findall(source)}
        there = {_key(word) for word in _TOKEN.findall(target)}
        lost = [key for key in wanted if key not in there]
        for key, match in found.items():
            if key in words:
                continue
            twin = next((key_lost for key_lost in lost if _alike(key, key_lost)), None)
            if twin:
                lost.remove(twin)
                yield self.finding(
                    Severity.BLOCKING,
                    f"略語「{wanted[twin]}」が「{match[0]}」に変わっています。原文の略語に戻してください。",
                    f"The acronym {wanted[twin]} has become {match[0]}. Restore it.",
                    match.span(),
                )
            elif not _is_expected(key, source):
                yield self.finding(
                    Severity.WARNING,
                    f"略語「{match[0]}」は原文にありません。原文の語に対応するか確認してください。",
                    f"The acronym {match[0]} is not in the source. See what it stands for.",
                    match.span(),
                )
        if len(wanted) > _SHOUTING * len(_TOKEN.findall(source)):
            return
        for key in lost:
            if not _is_written_out(key, source, target):
                yield self.finding(
                    Severity.WARNING,
                    f"略語「{wanted[key]}」が訳文にありません。略語のまま残すか、正しい訳語か確認してください。",
                    f"The acronym {wanted[key]} is missing. Keep it or see that it is written out.",
                )


def _key(acronym: str) -> str:
    """Return the acronym in capitals without the s of a plural."""
    plural = len(acronym) > 2 and acronym[-1] == "s"
    return (acronym[:-1] if plural else acronym).upper()


def _alike(one: str, other: str) -> bool:
    """Whether two acronyms differ by one letter changed, lost, added or swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        differing = sum(a != b for a, b in zip(one, other, strict=True))
        return differing == 1 or (differing == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _is_expected(key: str, source: str) -> bool:
    if key in _CUSTOMARY or _ROMAN.fullmatch(key) or any(letter.isdigit() for letter in key):
        return True
    if key in _UNIT_KEYS:
        return True
    return any(key in initials for initials in _initials(source))


_UNIT_KEYS = frozenset(unit.upper() for unit in (*UNITS, *SPELLED_UNITS))
_SMALL_WORDS = frozenset("of and the for in on to a an with by".split())  # noqa: SIM905


@lru_cache(maxsize=1024)
def _initials(source: str) -> tuple[str, str]:
    """Return the initials of all words of the source, and of its longer words."""
    words = [word for word in re.split(r"[^A-Za-z0-9]+", source) if word]
    everything = "".join(word[0] for word in words).upper()
    return everything, "".join(word[0] for word in words if word not in _SMALL_WORDS).upper()


def _is_written_out(key: str, source: str, target: str) -> bool:
    if any(key in initials for initials in _initials(_ACRONYM.sub(" ", source))):
        return True
    pattern = _WRITTEN_OUT.get(key)
    if pattern:
        return any(form in target for form in pattern.split("|"))
    return bool(_ROMAN.fullmatch(key)) or any(letter.isdigit() for letter in key)
