"""The filters of the queue: the entries they list, and their counts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.review.models import Claim, QueueEntry
from apps.review.queue.facet_counts import count_entries
from apps.review.queue.filters import BadFilter, QueueFilter
from apps.review.queue.pagination import parse_position, queue_page
from apps.review.queue.title_search import title_query
from tests.support.builders import NOW
from tests.support.queue_entries import build_entry

database = pytest.mark.django_db
STATUSES = ["held", "ready", "published", "unpublished"]
CATEGORIES = ["cs.CL", "cs.LG", "math.CO"]
ENGINES = ["bergamot", "memory"]
CHECKS = ["numbers", "math", "style"]
VALUES = {
    "category": CATEGORIES,
    "when": ["today", "3", "7", "older"],
    "status": STATUSES,
    "engine": ENGINES,
    "finding": [*CHECKS, "blocking", "none"],
    "hand": ["mine", "others", "free"],
    "stale": ["yes", "no"],
    "corrections": ["yes", "no"],
}


@pytest.fixture
def editors(db):
    return [User.objects.create(username=name, is_superuser=True) for name in ("one", "other")]


def listed(query, editor):
    found = QueueFilter.parse(query).entries(editor=editor, now=NOW)
    return set(found.values_list("pk", flat=True))


def some(values, **options):
    return st.lists(st.sampled_from(values), unique=True, **options)


ENTRY = st.fixed_dictionaries(
    {
        "status": st.sampled_from(STATUSES),
        "categories": some(CATEGORIES, min_size=1),
        "days": st.integers(-1, 9),
        "engines": some(ENGINES),
        "blocking": some(CHECKS[:2]),
        "others": some(CHECKS[2:]),
        "is_stale": st.booleans(),
        "open_suggestions": st.integers(0, 2),
    }
)
CLAIMS = st.sampled_from([None, (0, 1), (1, 1), (1, -1)])
QUERY = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}
)


@database
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(st.tuples(ENTRY, CLAIMS), max_size=8), query=QUERY, exact=st.booleans())
def test_the_count_of_a_choice_is_the_length_of_the_list_it_links_to(
    editors, entries, query, exact
):
    QueueEntry.objects.all().delete()
    for fields, claim in entries:
        entry = build_entry(**fields)
        if claim is not None:
            who, hours = claim
            Claim.objects.create(
                translation_id=entry.pk,
                editor=editors[who],
                claimed_at=NOW,
                expires_at=NOW + timedelta(hours=hours),
            )
    if exact:
        query = query | {"day": NOW.date().isoformat()}
    counts = count_entries(QueueFilter.parse(query), editor=editors[0], now=NOW)
    assert counts.total == len(listed(query, editors[0]))
    assert not counts.is_cut
    for name, values in VALUES.items():
        rest = {key: value for key, value in query.items() if name != "when" or key != "day"}
        for value in values:
            expected = len(listed(rest | {name: value}, editors[0]))
            assert counts.by_filter[name].get(value, 0) == expected, (name, value)


@database
def test_all_counts_take_two_queries(editors, django_assert_num_queries):
    for number in range(5):
        build_entry(days=number, blocking=["numbers"])
    with django_assert_num_queries(2):
        count_entries(QueueFilter(finding="numbers", when="3"), editor=editors[0], now=NOW)


@database
@pytest.mark.parametrize("is_known", [True, False], ids=["as the planner knows", "unknown to it"])
def test_of_too_many_entries_the_riskiest_are_counted_and_is_cut_is_set(editors, is_known):
    with connection.cursor() as cursor:
        if is_known:
            cursor.execute("ANALYZE review_queueentry")
    for number in range(4):
        build_entry(status="held" if number < 2 else "ready")
    counts = count_entries(QueueFilter(), editor=editors[0], now=NOW, most=3)
    assert (counts.total, counts.is_cut) == (3, True)
    assert counts.by_filter["status"] == {"ready": 2, "held": 1}
    assert not count_entries(QueueFilter(), editor=editors[0], now=NOW, most=4).is_cut


FOUND = {
    "two characters": ("学習", True),
    "a longer run": ("強化学習", True),
    "a run that is not there": ("教師学習", False),
    "words of the original": ("study effect", True),
    "the beginning of a word": ("eff", True),
    "capitals and width": ("ＥＦＦＥＣＴ", True),
    "a word that is not there": ("effective", False),
    "both languages": ("強化 study", True),
    "no word at all": ("、。", False),
    "an operator": ("study & !effect | :*", True),
    "quotes": ("'study' \\", True),
}


@database
@pytest.mark.parametrize(("typed", "is_found"), FOUND.values(), ids=FOUND)
def test_a_search_finds_titles_by_words(editors, typed, is_found):
    build_entry(title="深い強化学習の研究")
    assert bool(listed({"q": typed}, editors[0])) is is_found


@database
@pytest.mark.parametrize("form", ["{}", "arXiv:{}v2", "https://arxiv.org/abs/{}"])
def test_a_search_finds_one_paper_by_its_identifier(editors, form):
    build_entry()
    wanted = build_entry()
    identifier = wanted.translation.paper.arxiv_id
    assert listed({"q": form.format(identifier)}, editors[0]) == {wanted.pk}


def test_a_search_is_bounded():
    assert title_query("a b " * 500).count("&") < 20


BAD = {
    "day": {"day": "2026-02-30"},
    "status": {"status": "gone"},
    "when": {"when": "yesterday"},
    "control character": {"q": "a\0b"},
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD)
def test_an_invalid_filter_is_refused(query):
    with pytest.raises(BadFilter):
        QueueFilter.parse(query)


@given(QUERY)
def test_parameters_are_read_back(query):
    wanted = QueueFilter.parse(query)
    assert QueueFilter.parse(wanted.parameters()) == wanted


@pytest.mark.parametrize("text", ["1", "x_1", "1.0_", "1.0_1;drop", "nan_1", "1.0_" + "9" * 19])
def test_an_invalid_position_is_refused(text):
    with pytest.raises(BadFilter):
        parse_position(text)


@database
def test_pages_add_up_to_the_whole_list_in_order(editors):
    for number in range(7):
        build_entry(priority=float(number // 3), blocking=["math"] if number % 2 else [])
    whole = list(QueueEntry.objects.riskiest_first().values_list("pk", flat=True))
    seen, after = [], None
    while True:
        page = queue_page(QueueFilter(), after, editor=editors[0], now=NOW, size=2)
        seen += [row.entry.pk for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert seen == whole
