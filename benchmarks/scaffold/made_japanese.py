"""Japanese for papers: it reads like an abstract and says nothing.

For each paper, seeded by its identifier, it is made of the renderings of those glossary terms that
title and abstract have, in sentences of a small vocabulary whose words are as unevenly frequent as
a language's. What counts is that its words are as many and as frequent as real ones.
"""

import random
import zlib
from typing import Any

from apps.translation.glossary.csv_format import read_csv
from apps.translation.glossary.index import TermIndex
from benchmarks.scaffold.environment import ROOT

GLOSSARY = ROOT / "seeds" / "glossary_en_ja.csv"
# The more frequent first; a word is drawn by its rank, as Zipf found.
NOUNS = """
    手法 モデル データ 問題 結果 性能 解析 実験 理論 構造 情報 特性 条件 精度
    計算 予測 評価 観測 領域 分布 関数 状態 系 場 過程 空間 時間 測定 方程式
    画像 信号 影響 関係 効果 近似 推定 設計 制御 検出 分類 生成 最適化
    シミュレーション アルゴリズム ネットワーク システム パラメータ 密度 温度 質量
    磁場 電子 量子 光 エネルギー スペクトル 銀河 恒星 惑星 粒子 相互作用 対称性
    群 環 多様体 行列 固有値 収束 誤差 雑音 確率 統計 標本 回帰 尤度 事前分布
    因果 市場 価格 危険度 投資 遺伝子 細胞 タンパク質 神経 脳 感染症 患者 診断
    臨床 薬剤 言語 文章 翻訳 対話 音声 知識 推論 学習 訓練 表現 特徴量 埋め込み
    注意 記憶 報酬 方策 環境 ロボット 軌道 位置 地図 センサ 通信 帯域 符号 暗号
    攻撃 防御 秘密 利用者 推薦 検索 質問 応答 要約 文書 図 動画 物体 認識 追跡
    分割 深度 流体 乱流 波動 圧力 境界 拡散 熱 相転移 臨界点 超伝導 半導体 結晶
    格子 欠陥 薄膜 界面 触媒 分子 反応 合成 溶液 重力 宇宙 暗黒物質 膨張
    ブラックホール 中性子星 ニュートリノ ハドロン クォーク ゲージ 弦 双対性
    ホモロジー コホモロジー 層 圏 曲面 曲率 測地線 葉層 特異点 素数 楕円曲線
    グラフ 頂点 辺 彩色 木 経路 流れ 複雑性 計算量 決定不能 論理 証明 型
    言葉遣い 読み取り 振る舞い 重み付け 組み合わせ 取り扱い 落とし穴 枠組み 見積もり
    並べ替え 気候 降水 地震 海洋 大気 植生 電力 電池 燃料 車両 交通 都市 建築
    経済 政策 選挙 世論 教育 学生 評判 公平性 倫理 法律 契約
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
QUALITIES = """
    新しい 効率的な 一般的な 高速な 頑健な 大規模な 非線形な 局所的な 大域的な
    多様な 柔軟な 厳密な 数値的な 理論的な 実用的な 動的な 静的な 稀な 複雑な
    単純な
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
VERBS = """
    提案する 示す 調べる 解析する 比較する 構築する 導入する 報告する 議論する
    検証する 改善する 予測する 証明する 測定する 推定する 抽出する 計算する 評価する
    定式化する 拡張する
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
TITLES = (
    "{a}のための{b}に基づく{c}",
    "{a}における{b}と{c}の{d}",
    "{b}を用いた{a}の{d}",
    "{a}と{c}：{q}{b}による{d}",
    "{q}{a}の{b}について",
)
SENTENCES = (
    "本論文では{a}のための{q}{b}を{v}。",
    "{a}は{b}において重要な{c}である。",
    "従来の{a}では{b}の{c}を十分に扱えない。",
    "{a}を用いて{b}の{c}を{v}。",
    "その結果、{a}が{b}に与える影響は{c}に依存することが分かった。",
    "{q}{a}と{b}の間に{c}の関係があることを{v}。",
    "実験により、{a}の{b}が既存の{c}より優れることを{v}。",
    "さらに、{a}を{b}に拡張し、{c}の{d}を{v}。",
    "{a}および{b}の{d}は{c}によって決まる。",
)


class Writer:
    """Makes up Japanese for papers."""

    def __init__(self) -> None:
        """Take the glossary of the demonstration."""
        with GLOSSARY.open(encoding="utf-8") as file:
            self._terms = TermIndex(list(read_csv(file, source="en", target="ja")))
        reach = 0.0
        self._reach = [reach := reach + 1 / (rank + 2) for rank in range(len(NOUNS))]

    def write(self, paper: dict[str, Any]) -> tuple[str, str, str]:
        """Return a title, a summary and an abstract for a paper."""
        chance = random.Random(zlib.crc32(paper["arxiv_id"].encode()))
        category = (paper["categories"] or [""])[0]
        found = self._terms.find(f"{paper['title']}. {paper['abstract']}", category)
        terms = [term.target for term in found]
        in_title = [term.target for term in self._terms.find(paper["title"], category)]
        title = self._fill(chance, chance.choice(TITLES), in_title or terms[:1], 0.9)
        count = chance.randint(5, 11)
        sentences = [self._fill(chance, chance.choice(SENTENCES), terms, 0.4) for _ in range(count)]
        return title, sentences[0] + sentences[-1], "".join(sentences)

    def _fill(self, chance: random.Random, template: str, terms: list[str], share: float) -> str:
        def noun() -> str:
            if terms and chance.random() < share:
                return chance.choice(terms)
            chosen = chance.choices(NOUNS, cum_weights=self._reach, k=2)
            return "".join(dict.fromkeys(chosen)) if chance.random() < 0.4 else chosen[0]

        return template.format(
            a=noun(), b=noun(), c=noun(), d=noun(), q=chance.choice(QUALITIES),
            v=chance.choice(VERBS),
        )  # fmt: skip
