"""The corpus that `benchmarks/search.py` searches: published papers in a PostgreSQL of our own.

The papers are real. There is no Japanese text of them, so it is made up: for each paper, seeded by
its identifier, from the renderings of those glossary terms that its title and abstract have, in
sentences of a small vocabulary whose words are as unevenly frequent as a language's. It reads like
an abstract and says nothing; what counts is that its words are as many and as frequent as real
ones. Vectors are those of a file (one row for each paper, in the order of sorted identifiers), or
random ones near 400 centres.
"""

import io
import json
import os
import random
import re
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
LANGUAGE = "ja"
EMBEDDER = "benchmark"
BATCH = 1000
CATEGORY = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,20})?")

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


def papers_in(corpus: Path, limit: int | None) -> list[dict[str, Any]]:
    """Return the papers of a file, the earliest submitted first."""
    import zstandard

    with corpus.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        found = [json.loads(line) for line in islice(lines, limit)]
    for paper in found:
        paper["published"] = day_of(paper)
        # Some records have classifications of journals among their categories.
        paper["categories"] = [code for code in paper["categories"] if CATEGORY.fullmatch(code)]
    return sorted(found, key=lambda paper: (paper["published"], paper["arxiv_id"]))


def day_of(paper: dict[str, Any]) -> str:
    """Return the day of publication, by the identifier's year and month where none is given."""
    written = paper["published"]
    if not written:
        number = paper["arxiv_id"].rpartition("/")[2]
        year = int(number[:2])
        return f"{1900 + year if year > 80 else 2000 + year}-{number[2:4]}-15"
    if written[:1].isdigit():
        return written[:10]
    return parsedate_to_datetime(written).date().isoformat()


class Writer:
    """Makes up Japanese for papers."""

    def __init__(self) -> None:
        """Take the glossary of the demonstration."""
        from apps.translation.glossary.csv_format import read_csv
        from apps.translation.glossary.index import TermIndex

        with (ROOT / "seeds" / "glossary_en_ja.csv").open(encoding="utf-8") as file:
            self._terms = TermIndex(list(read_csv(file, source="en", target=LANGUAGE)))
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


_writer: Writer | None = None


def _prepare() -> None:
    global _writer
    import django

    django.setup()
    _writer = Writer()


def rows_of(batch: list[tuple[int, dict[str, Any]]]) -> list[tuple[tuple, tuple, tuple]]:
    """Return the rows of papers, translations and search documents."""
    from apps.discovery.search.documents import document_of
    from apps.papers.models import Paper
    from apps.text.arxiv.author_strings import Author
    from apps.translation.models import Translation

    assert _writer is not None
    rows = []
    for key, given in batch:
        chance = random.Random(key)
        day = datetime.fromisoformat(given["published"]).replace(tzinfo=UTC)
        title, summary, abstract = _writer.write(given)
        fingerprint = f"{key:032x}"
        paper = Paper(
            id=key,
            arxiv_id=given["arxiv_id"],
            title=given["title"],
            abstract=given["abstract"],
            authors=[
                {"name": name, "keyname": Author.from_name(name).keyname, "affiliations": []}
                for name in given["authors"]
            ],
            categories=given["categories"],
            primary_category=(given["categories"] or [""])[0],
            submitted_at=day + timedelta(seconds=chance.randrange(86_400)),
            changed_at=NOW,
        )
        translation = Translation(
            id=key,
            paper=paper,
            language=LANGUAGE,
            title=title,
            summary=summary,
            abstract=abstract,
            status="published",
            updated_at=NOW,
        )
        document = document_of(translation)
        rows.append(
            (
                (
                    key, paper.arxiv_id, "arXivRaw", 1, paper.title, paper.abstract,
                    json.dumps(paper.authors), "", "", "", "", "", paper.primary_category,
                    paper.categories, paper.submitted_at, paper.submitted_at, None, None,
                    fingerprint, fingerprint, NOW, NOW,
                ),
                (
                    key, key, LANGUAGE, 1, fingerprint, "published", "", title, abstract, summary,
                    "extracted", "[]", "", "", NOW, NOW, NOW,
                ),
                (
                    key, key, LANGUAGE, paper.submitted_at, paper.categories, False,
                    str(document.words), str(document.title), NOW, NOW,
                ),
            )
        )  # fmt: skip
    return rows


TABLES = {
    "papers_paper": (
        "id, arxiv_id, source_format, latest_version, title, abstract, authors, comments, "
        "journal_ref, doi, report_number, licence_url, primary_category, categories, submitted_at, "
        "revised_at, datestamp, withdrawn_at, text_fingerprint, record_fingerprint, harvested_at, "
        "changed_at"
    ),
    "translation_translation": (
        "id, paper_id, language, version, source_fingerprint, status, status_reason, title, "
        "abstract, summary, summary_origin, summary_positions, summary_engine, summary_refusal, "
        "created_at, updated_at, published_at"
    ),
    "discovery_searchdocument": (
        "translation_id, paper_id, language, submitted_at, categories, is_reviewed, words, title, "
        "translation_updated_at, paper_changed_at"
    ),
}


def build(papers: list[dict[str, Any]], vectors: Path | None) -> None:
    """Fill the database of the settings with the papers, and build its indexes."""
    from django.core.management import call_command
    from django.db import connection

    from apps.discovery.search.lexicon import recount

    call_command("migrate", verbosity=0)
    call_command("glossary", "import", str(ROOT / "seeds" / "glossary_en_ja.csv"), verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE papers_paper CASCADE")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET synchronous_commit = off")
        held = indexes(cursor, ("search_words", "embedding_cosine"))
        copy_rows(cursor, papers)
        copy_vectors(cursor, papers, vectors)
        for name, definition in held.items():
            started = time.perf_counter()
            cursor.execute(definition)
            print(f"  {name} built in {time.perf_counter() - started:,.0f} s", flush=True)
        started = time.perf_counter()
        entries = recount()
        print(
            f"  {entries:,} entries counted in {time.perf_counter() - started:,.0f} s", flush=True
        )
        cursor.execute("VACUUM ANALYZE")


def indexes(cursor: Any, names: tuple[str, ...]) -> dict[str, str]:
    """Drop indexes and return how to make them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [[*names]]
    )
    found = dict(cursor.fetchall())
    for name in found:
        cursor.execute(f"DROP INDEX {name}")
    return found


def copy_rows(cursor: Any, papers: list[dict[str, Any]]) -> None:
    """Copy papers, translations and documents in, made by all cores."""
    started = time.perf_counter()
    numbered = list(enumerate(papers, start=1))
    with ProcessPoolExecutor(os.cpu_count(), initializer=_prepare) as pool:
        for batch in pool.map(rows_of, [list(part) for part in _parts(numbered)]):
            for at, (table, columns) in enumerate(TABLES.items()):
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for rows in batch:
                        copy.write_row(rows[at])
    print(f"  {len(papers):,} papers copied in {time.perf_counter() - started:,.0f} s", flush=True)


def _parts(numbered: list[Any]) -> Iterator[Any]:
    for start in range(0, len(numbered), BATCH):
        yield numbered[start : start + BATCH]


def copy_vectors(cursor: Any, papers: list[dict[str, Any]], file: Path | None) -> None:
    """Copy the vectors in, as of the embedder that is called EMBEDDER."""
    import numpy as np

    from apps.discovery.embeddings.embed import WORDS

    # As `space_of` writes it.
    space = f"{EMBEDDER}, {'all' if WORDS is None else WORDS} words"

    chance = np.random.default_rng(20260302)
    if file is not None:
        ordered = np.load(file)
        by_id = sorted(range(len(papers)), key=lambda at: papers[at]["arxiv_id"])
        vectors = np.empty((len(papers), ordered.shape[1]), dtype=np.float32)
        vectors[by_id] = ordered
    else:
        centres = chance.standard_normal((400, 384))
        vectors = centres[chance.integers(400, size=len(papers))]
        vectors = vectors + 0.7 * chance.standard_normal(vectors.shape)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    columns = "paper_id, vector, embedder, text_fingerprint, embedded_at, related_at"
    with cursor.copy(f"COPY discovery_embedding ({columns}) FROM STDIN") as copy:
        for key, vector in enumerate(vectors, start=1):
            written = "[" + ",".join(f"{number:.4f}" for number in vector) + "]"
            copy.write_row((key, written, space, f"{key:032x}", NOW, NOW))
