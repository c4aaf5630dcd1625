"""Searching: what is found, in which order, page by page, and what it costs."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.keyset import BrokenCursor
from apps.discovery.embedders import embedder
from apps.discovery.embedders.base import EmbedderUnavailable
from apps.discovery.embeddings.embed import embed_batch
from apps.discovery.search.cursors import Cursor
from apps.discovery.search.results import SearchTooSlow, Settings, Sort
from apps.discovery.search.retrieval import Effort, Scope, find_newest, spans
from apps.discovery.search.semantic import query_vector
from apps.discovery.search.service import fuse, newest_matches, search
from apps.discovery.search.tsquery import AllOf, AnyOf, Counts, Entry, Not, Phrase
from apps.text.search.query import InvalidQuery, Query, parse_query
from apps.translation.glossary.entries import TermEntry
from apps.translation.glossary.service import store_terms
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW
from tests.support.published import index_all, publish_text

pytestmark = pytest.mark.django_db
PLAIN = Settings("en", "ja", 10_000, NOW)
MEANT = Settings("en", "ja", 10_000, NOW, embedder())


def titles(text: str | Query, settings: Settings = PLAIN, **options) -> list[str]:
    """The original titles of what a query finds, in order."""
    found = search(parse_query(text) if isinstance(text, str) else text, settings, **options)
    by_key = dict(Translation.objects.values_list("pk", "paper__title"))
    return [by_key[hit.translation_id] for hit in found.hits]


def everything(text: str, settings: Settings = PLAIN, *, size: int = 3, **options) -> list[int]:
    """The keys of all results, page by page."""
    keys: list[int] = []
    cursor = None
    while True:
        page = search(parse_query(text), settings, cursor=cursor, size=size, **options)
        assert len(page.hits) <= size
        keys += [hit.translation_id for hit in page.hits]
        if page.following is None:
            return keys
        cursor = Cursor.parse(str(page.following))


@pytest.fixture
def papers():
    """Four papers that have little in common."""
    publish_text(
        "Deep reinforcement learning for robots",
        "An agent learns by trial. Pre-training helps.",
        ja="ロボットのための深層強化学習",
        ja_abstract="エージェントは試行により学ぶ。脳のがんの診断にも使える。",
        authors=[{"name": "Geoffrey Hinton"}, {"name": "Ada Lovelace"}],
        categories=["cs.LG", "cs.RO"],
        hours=1,
    )
    publish_text(
        "Convex hyperparameter search",
        "We tune transformers with Erdős–Rényi graphs.",
        ja="凸なハイパーパラメータ探索",
        ja_abstract="コンピュータで東京と京都の気候を調べる。",
        authors=[{"name": "P. Erdős"}],
        categories=["math.OC"],
        hours=2,
    )
    publish_text(
        "Dust around young stars",
        "We observe discs of dust with a radio telescope.",
        ja="若い星の周りの塵",
        ja_abstract="電波望遠鏡で塵の円盤を観測する。東京都で観測した。",
        categories=["astro-ph.SR"],
        status=TranslationStatus.REVIEWED,
        hours=3,
    )
    publish_text(
        "RL with human feedback",
        "RL aligns models.",
        ja="人の評価による調整",
        ja_abstract="モデルを調整する。",
        categories=["cs.CL"],
        submitted_at=NOW.replace(year=2024),
    )
    index_all()


ROBOTS, CONVEX, DUST, FEEDBACK = (
    "Deep reinforcement learning for robots",
    "Convex hyperparameter search",
    "Dust around young stars",
    "RL with human feedback",
)
FOUND = {
    "one character": ("脳", [ROBOTS]),
    "two characters": ("気候", [CONVEX]),
    "three characters": ("モデル", [FEEDBACK]),
    "three characters are not two pairs": ("東京都", [DUST]),
    "compound": ("電波望遠鏡", [DUST]),
    "katakana": ("ハイパーパラメータ", [CONVEX]),
    "hiragana for katakana": ("ろぼっと", [ROBOTS]),
    "katakana for hiragana": ("ガン", [ROBOTS]),
    "half-width kana": ("ﾓﾃﾞﾙ", [FEEDBACK]),
    "sign of length": ("コンピューター", [CONVEX]),
    "particle": ("塵の観測", [DUST]),
    "full-width letters": ("ＲＯＢＯＴＳ", [ROBOTS]),
    "accents left out": ("erdos", [CONVEX]),
    "accents": ("Rényi", [CONVEX]),
    "plural for singular": ("telescopes", [DUST]),
    "singular for plural": ("robot", [ROBOTS]),
    "hyphen left out": ("pretraining", [ROBOTS]),
    "hyphen": ("pre-training", [ROBOTS]),
    "part of a word": ("parameter", [CONVEX]),
    "both languages": ("robots エージェント", [ROBOTS]),
    "all words": ("robots dust", []),
    "phrase": ('"radio telescope"', [DUST]),
    "no such phrase": ('"telescope radio"', []),
    "Japanese phrase": ("「塵の円盤」", [DUST]),
    "Japanese phrase not there": ("「円盤の塵」", []),
    "exclusion": ("category:cs.LG -agent", []),
    "exclusion of another": ("学習 -dust", [ROBOTS]),
    "only an exclusion": ("-学習", [CONVEX, DUST, FEEDBACK]),
    "author": ("author:hinton", [ROBOTS]),
    "whole author": ('author:"Geoffrey Hinton"', [ROBOTS]),
    "author by initial": ('author:"G. Hinton"', [ROBOTS]),
    "author the other way round": ('author:"Hinton, Geoffrey"', [ROBOTS]),
    "full name of an initial": ('author:"Paul Erdos"', [CONVEX]),
    "another first name": ('author:"Mary Hinton"', []),
    "author without a prefix": ("Ada Lovelace", [ROBOTS]),
    "title words are no authors": ("author:dust", []),
    "category": ("category:math.OC", [CONVEX]),
    "archive": ("category:cs", [ROBOTS, FEEDBACK]),
    "field": ("field:physics", [DUST]),
    "from": ("from:2026", [ROBOTS, CONVEX, DUST]),
    "until": ("until:2024", [FEEDBACK]),
    "both dates": ("from:2024-03 until:2024-03-02", [FEEDBACK]),
    "stop words": ("the dust of a star", [DUST]),
    "signs": ("+++ ... ''' dust", [DUST]),
    "only signs": ("+++", []),
}


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_what_a_query_finds(text, expected):
    assert titles(text) == expected
    assert sorted(titles(text, sort=Sort.NEWEST)) == sorted(expected)


@pytest.mark.usefixtures("papers")
def test_reviewed_translations_only():
    assert titles(Query(reviewed=True)) == [DUST]


@pytest.mark.usefixtures("papers")
def test_a_word_that_is_nowhere_gives_way_to_the_one_that_was_meant():
    found = search(parse_query("telescpoe"), PLAIN)
    assert len(found.hits) == 1
    (correction,) = found.plan.corrections
    assert (correction.typed, correction.meant, correction.replaced) == (
        "telescpoe", "telescope", True,
    )  # fmt: skip
    assert titles('"telescpoe"') == []
    assert search(parse_query("qqqqqq"), PLAIN).plan.corrections == ()


def test_a_rare_word_is_searched_as_typed_but_a_frequent_one_suggested():
    publish_text("A tranformer")
    for _ in range(3):
        publish_text("A transformer")
    index_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE discovery_lexiconentry SET documents = 500 WHERE entry = 'transformer'"
        )
    found = search(parse_query("tranformer"), PLAIN)
    assert found.total == 1
    assert [(each.meant, each.replaced) for each in found.plan.corrections] == [
        ("transformer", False)
    ]


GLOSSARY = [
    TermEntry("en", "ja", "reinforcement learning", "強化学習"),
    TermEntry("en", "ja", "graph neural network", "グラフニューラルネットワーク", scope="cs.*"),
    TermEntry("en", "ja", "active learning", "能動学習"),
]


@pytest.fixture
def terms():
    """A glossary, and a paper for each way to write its terms."""
    store_terms(GLOSSARY, origin="test", now=NOW)
    publish_text("In English: reinforcement learning")
    publish_text("In Japanese", ja="強化学習")
    publish_text("As RL", "RL is used.")
    publish_text("GNN only")
    publish_text("Networks of graphs", "Graph neural networks work.")
    publish_text("al. and others", "Smith et al. did.")
    publish_text("Active learning")
    index_all()


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize("typed", ["強化学習", "reinforcement learning", "RL"])
def test_a_term_its_rendering_and_its_short_form_are_one(typed):
    assert set(titles(typed)) == {
        "In English: reinforcement learning", "In Japanese", "As RL",
    }  # fmt: skip
    assert len(search(parse_query(typed), PLAIN).plan.others) == 2


@pytest.mark.usefixtures("terms")
def test_terms_of_one_field_count_in_every_search():
    both = {"GNN only", "Networks of graphs"}
    assert set(titles("グラフニューラルネットワーク")) == both
    assert set(titles("graph neural networks")) == both


@pytest.mark.usefixtures("terms")
def test_initials_that_are_words_are_no_short_forms():
    assert titles("能動学習") == ["Active learning"]


@pytest.mark.usefixtures("terms")
def test_a_phrase_in_quotes_is_not_expanded():
    assert titles("「強化学習」") == ["In Japanese"]


def test_a_short_form_stands_for_what_most_abstracts_say():
    store_terms(GLOSSARY, origin="test", now=NOW)
    for number in range(3):
        publish_text(f"Road {number}", "We study the road length (RL) of towns.")
    publish_text("Learning", ja="強化学習")
    index_all()
    assert titles("強化学習") == ["Learning"]
    assert set(titles("RL")) == {"Road 0", "Road 1", "Road 2"}


def test_titles_come_before_abstracts_and_then_the_newest():
    publish_text("Old sheep", hours=5)
    publish_text("Other", "It has sheep.", hours=1)
    publish_text("New sheep", hours=2)
    publish_text("More", "It has sheep, too.", hours=3)
    index_all()
    assert titles("sheep") == ["New sheep", "Old sheep", "Other", "More"]
    assert titles("sheep", sort=Sort.NEWEST) == ["Other", "New sheep", "More", "Old sheep"]


def test_whole_words_come_before_parts_of_words():
    for number in range(4):
        publish_text(f"Hypergraph {number}", hours=number)
    publish_text("Other", "A graph.", hours=50)
    index_all()
    assert titles("graph")[0] == "Other"
    assert len(titles("graph")) == 5


def test_reciprocal_rank_fusion_adds_up_places():
    assert fuse([[1, 2, 3], [3, 1, 4]]) == [1, 3, 2, 4]
    assert fuse([[], [5, 6]]) == [5, 6]


def test_a_japanese_query_finds_english_by_meaning_where_no_word_is_the_same():
    stars = publish_text(
        DUST, "We observe discs with a radio telescope.", ja="題", ja_abstract="文"
    )
    publish_text("Prompting language models", "In-context learning.", ja="題", ja_abstract="文")
    index_all()
    while embed_batch(embedder(), changed_since=None, now=NOW):
        pass
    found = search(parse_query("恒星の周りの円盤の観測"), MEANT)
    assert found.total == 0
    assert found.hits[0].translation_id == stars.pk
    assert found.hits[0].by_meaning
    assert titles("恒星の周りの円盤の観測") == []


def test_what_japanese_queries_have_in_common_does_not_choose_papers():
    model = embedder()
    texts = ["銀河の観測", "細胞の分裂", "市場の予測"]
    plain = np.stack([model.query(text) for text in texts])
    neutral = np.stack([query_vector(model, text) for text in texts])
    assert np.linalg.norm(neutral, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)
    apart = [(vectors @ vectors.T)[np.triu_indices(3, 1)].max() for vectors in (plain, neutral)]
    assert apart[1] < apart[0]
    assert (query_vector(model, "galaxies") == model.query("galaxies")).all()


@pytest.mark.parametrize(
    "narrow", ["-telescope", "category:cs.CL", "until:2020", '"other words"', "author:Nobody"]
)
def test_what_is_near_in_meaning_must_fit_filters_phrases_and_exclusions(narrow):
    publish_text(DUST, "We observe discs with a radio telescope.", categories=["astro-ph.SR"])
    index_all()
    embed_batch(embedder(), changed_since=None, now=NOW)
    assert titles("恒星 円盤", MEANT) == [DUST]
    assert titles(f"恒星 円盤 {narrow}", MEANT) == []


def test_without_an_embedder_search_goes_by_words_and_says_so(papers, caplog):
    class Broken:
        name, dimensions = "broken", 384

        def query(self, text):
            raise EmbedderUnavailable("The model is away. Start it.")

        def passages(self, texts):
            return np.empty((0, 384), dtype=np.float32)

    assert titles("dust", Settings("en", "ja", 10_000, NOW, Broken())) == [DUST]
    assert "Searching by words only: The model is away. Start it." in caplog.text


@pytest.mark.parametrize("settings", [PLAIN, MEANT], ids=["words", "words and meaning"])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_every_result_once(sort, settings):
    expected = set()
    for number in range(8):
        text = "sheep" if number % 2 else "sheepdog"
        expected.add(publish_text(f"Of {text} {number}", hours=number % 3).pk)
    publish_text("Of nothing")
    index_all()
    embed_batch(embedder(), changed_since=None, now=NOW)
    keys = everything("sheep", settings, sort=sort)
    assert len(keys) == len(set(keys))
    assert expected <= set(keys)
    if settings is PLAIN:
        assert set(keys) == expected


@pytest.mark.parametrize("sort", list(Sort))
def test_papers_that_arrive_between_pages_do_not_move_results(sort, monkeypatch):
    monkeypatch.setattr("apps.discovery.search.service.CANDIDATES", 3)
    expected = [publish_text(f"Of sheep {number}", hours=number).pk for number in range(7)]
    index_all()
    keys, cursor = [], None
    while True:
        page = search(parse_query("sheep"), PLAIN, cursor=cursor, size=2, sort=sort)
        keys += [hit.translation_id for hit in page.hits]
        publish_text("Sheep, sheep, sheep", hours=-1)
        index_all()
        if page.following is None:
            break
        cursor = Cursor.parse(str(page.following))
    assert keys == expected


def test_results_are_counted_up_to_a_thousand_and_facets_among_them(monkeypatch):
    monkeypatch.setattr("apps.discovery.search.service.MOST_COUNTED", 4)
    for number in range(6):
        publish_text(f"Of sheep {number}", categories=["cs.CL", "math.CO"][: 1 + number % 2])
    index_all()
    found = search(parse_query("sheep"), PLAIN)
    assert (found.total, found.is_more) == (4, True)
    few = search(parse_query("sheep category:math.CO"), PLAIN)
    assert (few.total, few.is_more) == (3, False)
    assert few.facets.categories == [("cs.CL", 3), ("math.CO", 3)]
    assert few.facets.years == [(2026, 3)]
    assert few.facets.reviewed == 0
    assert len(everything("sheep")) == 6


def test_only_the_language_of_readers_is_searched():
    publish_text("Of sheep")
    Translation.objects.update(language="ko")
    index_all()
    assert titles("sheep") == []


def test_the_newest_matches_are_taken_from_all_matches(papers):
    (match,) = newest_matches(parse_query("category:cs"), PLAIN, limit=1)
    assert Translation.objects.get(pk=match.translation_id).paper.title == ROBOTS


@pytest.mark.parametrize("papers_held", [3, 30])
def test_statements_do_not_grow_with_the_papers(django_assert_max_num_queries, papers_held):
    for number in range(papers_held):
        publish_text(f"Of sheep {number}")
    index_all()
    embed_batch(embedder(), changed_since=None, now=NOW)
    # The first search of a process also asks what the database can do.
    search(parse_query("goats"), MEANT)
    with django_assert_max_num_queries(18):
        search(parse_query("sheep"), MEANT)


def test_a_search_that_takes_too_long_is_stopped():
    publish_text("Of sheep")
    index_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.slow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$"
        )
        # Reading the lexicon waits, as it would where the database has too much to do.
        cursor.execute("ALTER TABLE discovery_lexiconentry RENAME TO kept_lexicon")
        cursor.execute(
            "CREATE VIEW discovery_lexiconentry AS "
            "SELECT kept_lexicon.* FROM kept_lexicon, pg_sleep(60)"
        )
    with pytest.raises(SearchTooSlow):
        search(parse_query("sheep"), Settings("en", "ja", 50, NOW))


COUNTS = Counts({f"@m2026{month:02d}": 100 for month in range(1, 13)}, 1200)


def test_spans_cover_all_months_once_from_the_newest_on():
    latest = NOW.date().replace(month=12)
    found = [str(span.clause) for span in spans(latest, None, COUNTS, documents=250)]
    assert found[0] == "('@m202612' | '@m202611' | '@m202610')"
    assert "'@y2025'" in found[1]
    assert all(str(year) in found[-1] for year in (1986, 1991, 2025))
    together = " ".join(found)
    assert together.count("@m2026") == 12
    assert together.count("@y") == 2025 - 1986 + 1


def test_spans_begin_with_the_first_day_asked_for():
    (only,) = spans(NOW.date(), NOW.date().replace(month=2), COUNTS, documents=10**6)
    assert str(only.clause) == "('@m202603' | '@m202602')"
    assert (only.documents, only.since) == (200, NOW.date().replace(month=2, day=1))


def test_a_frequent_word_is_found_span_by_span_in_the_same_order():
    expected = []
    for number in range(9):
        submitted = NOW - timedelta(days=45 * number)
        expected.append(publish_text(f"Of sheep {number}", submitted_at=submitted).pk)
    index_all()
    counts = Counts(
        {"sheep": 10**6, **{f"@m{y}{m:02d}": 10**5 for y in (2025, 2026) for m in range(1, 13)}},
        24 * 10**5,
    )
    found, are_all = find_newest(Entry("sheep"), Scope("ja"), counts, today=NOW.date(), limit=7)
    assert not are_all
    assert [match.translation_id for match in found] == expected[:7]
    after, are_all = find_newest(
        Entry("sheep"), Scope("ja"), counts, today=NOW.date(), limit=9, after=found[3].position
    )
    assert [match.translation_id for match in after] == expected[4:]
    assert are_all


def test_words_that_are_rare_together_are_found_in_all_times():
    expected = []
    for days in (0, 40, 500, 3000):
        submitted = NOW - timedelta(days=days)
        expected.append(publish_text("Red sheep", submitted_at=submitted).pk)
        publish_text("Red goats", submitted_at=submitted)
    index_all()
    months = {f"@m{y}{m:02d}": 10**3 for y in range(2017, 2027) for m in range(1, 13)}
    counts = Counts({"red": 9000, "sheep": 9000} | months, 120 * 10**3)
    both = AllOf((Entry("red"), Entry("sheep")))
    for limit in (50, 2):
        found, are_all = find_newest(both, Scope("ja"), counts, today=NOW.date(), limit=limit)
        assert [match.translation_id for match in found] == expected[:limit]
        assert are_all == (limit > 4)


def test_a_phrase_of_frequent_words_is_looked_for_until_enough_are_found():
    keys = []
    for number in range(6):
        submitted = NOW - timedelta(days=400 * number)
        keys.append(publish_text(f"Of sheep {number}", submitted_at=submitted).pk)
    index_all()
    frequent = {"of": 10**7, "sheep": 10**7}
    months = {f"@m{y}{m:02d}": 10**5 for y in range(2019, 2027) for m in range(1, 13)}
    counts = Counts(frequent | months, 96 * 10**5)
    phrase = Phrase((("of", 1), ("sheep", 2)))
    found, are_all = find_newest(phrase, Scope("ja"), counts, today=NOW.date(), limit=50, enough=2)
    assert 2 <= len(found) < 6
    assert not are_all
    rest, are_all = find_newest(
        phrase, Scope("ja"), counts, today=NOW.date(), limit=50, after=found[-1].position
    )
    assert [match.translation_id for match in found + rest] == keys
    assert are_all


def test_pages_of_a_phrase_hold_all_of_it(monkeypatch):
    monkeypatch.setattr("apps.discovery.search.service.ENOUGH", 1)
    monkeypatch.setattr("apps.discovery.search.retrieval.READ_EFFORT", Effort(0, 1, 1, 2))
    expected = set()
    for number in range(7):
        submitted = NOW - timedelta(days=100 * number)
        expected.add(publish_text(f"Of sheep {number}", submitted_at=submitted).pk)
    index_all()
    for sort in Sort:
        assert search(parse_query('"of sheep"'), PLAIN, sort=sort, size=3).is_more
        keys = everything('"of sheep"', sort=sort)
        assert len(keys) == 7
        assert set(keys) == expected


def test_the_number_of_matches_is_estimated_from_above():
    counts = Counts({"a": 5, "b": 3}, 100)
    a, b = Entry("a"), Entry("b")
    assert AllOf((a, b)).upper_bound(counts) == 3
    assert AnyOf((a, b)).upper_bound(counts) == 8
    assert AllOf((a, Not(b))).upper_bound(counts) == 5
    assert AllOf((Not(b),)).upper_bound(counts) == 100
    assert Entry("c").upper_bound(counts) == 0


CURSORS = [Cursor(7, 20), Cursor(7, None, 1, (NOW, 5))]


@pytest.mark.parametrize("cursor", CURSORS, ids=str)
def test_a_cursor_is_read_as_it_was_written(cursor):
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "sheep", "1.b", "1.2.3-4", "1.0.99999999999999999999-1", "１.b1", "1.b1\n"]
)
def test_what_no_search_gave_out_is_no_cursor(text):
    with pytest.raises(BrokenCursor):
        Cursor.parse(text)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.text(alphabet=st.characters(blacklist_categories=[]), max_size=80),
        st.text(alphabet="ab \"'-:|&!()<>*\\「」のを学習-%_@=~\x00\u202e0", max_size=60),
        st.from_regex(r"(?:-|author:|category:|from:|\")?[a-z'\\:&|!]{0,8} ?", fullmatch=True),
    )
)
def test_no_text_breaks_a_search(papers, text):
    try:
        query = parse_query(text)
    except InvalidQuery:
        return
    if query.is_empty:
        return
    for sort in Sort:
        found = search(query, PLAIN, sort=sort, size=2)
        assert len(found.hits) <= 2
