"""Search documents: there is one for each listed translation, of its present state."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.discovery.models import LexiconEntry, SearchDocument
from apps.discovery.search.documents import author_entries, document_of
from apps.discovery.search.indexing import (
    documents_to_remove,
    index_batch,
    remove_batch,
    without_document,
)
from apps.discovery.search.lexicon import (
    edit_distance,
    likely_correction,
    recount,
    words_containing,
)
from apps.papers.models import Paper
from apps.translation.models import Translation
from apps.translation.status import PUBLIC, TranslationStatus
from tests.support.builders import NOW
from tests.support.published import index_all, publish_text

pytestmark = pytest.mark.django_db


def matches(tsquery: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT translation_id FROM discovery_searchdocument WHERE words @@ %s::tsquery "
            "ORDER BY 1",
            [tsquery],
        )
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.parametrize("status", TranslationStatus.values)
def test_only_published_translations_have_a_document(status):
    translation = publish_text(status=status)
    index_all()
    assert SearchDocument.objects.filter(pk=translation.pk).exists() == (status in PUBLIC)


def test_a_withdrawn_paper_has_no_document():
    translation = publish_text(withdrawn_at=NOW)
    index_all()
    assert not SearchDocument.objects.filter(pk=translation.pk).exists()


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=1)], ids=["all", "recent"])
def test_what_is_taken_down_or_withdrawn_loses_its_document(since):
    down, withdrawn, stays = publish_text(), publish_text(), publish_text()
    index_all()
    Translation.objects.filter(pk=down.pk).update(
        status=TranslationStatus.UNPUBLISHED, updated_at=NOW + timedelta(minutes=1)
    )
    Paper.objects.filter(pk=withdrawn.paper_id).update(
        withdrawn_at=NOW, changed_at=NOW + timedelta(minutes=1)
    )
    assert remove_batch(changed_since=since) == 2
    assert list(SearchDocument.objects.values_list("pk", flat=True)) == [stays.pk]
    assert remove_batch(changed_since=since) == 0


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=1)], ids=["all", "recent"])
def test_a_changed_text_is_indexed_again(since):
    translation = publish_text(ja="古い題")
    index_all()
    assert not without_document(since).exists()
    Translation.objects.filter(pk=translation.pk).update(
        title="新しい題", updated_at=NOW + timedelta(minutes=1)
    )
    assert index_batch(changed_since=since) == 1
    assert matches("'新シ'") == [translation.pk]
    assert matches("'古イ'") == []
    Paper.objects.filter(pk=translation.paper_id).update(
        title="Quasars", changed_at=NOW + timedelta(minutes=2)
    )
    assert index_batch(changed_since=since) == 1
    assert matches("'quasars'") == [translation.pk]
    assert index_batch(changed_since=since) == 0


def test_what_did_not_change_lately_is_left_to_the_full_sweep():
    publish_text(changed_at=NOW - timedelta(days=9))
    Translation.objects.update(updated_at=NOW - timedelta(days=9))
    assert index_batch(changed_since=NOW - timedelta(days=2)) == 0
    assert index_batch(changed_since=None) == 1
    Translation.objects.update(status=TranslationStatus.UNPUBLISHED)
    assert not documents_to_remove(NOW - timedelta(days=2)).exists()
    assert documents_to_remove(None).exists()


def test_a_batch_takes_no_more_than_its_limit():
    for _ in range(3):
        publish_text()
    assert [index_batch(changed_since=None, limit=2) for _ in range(3)] == [2, 1, 0]


def test_a_document_has_words_and_filters_of_every_kind():
    translation = publish_text(
        "Pre-training of transformers",
        "We use reinforcement learning (RL). It is Gauß's method.",
        ja="変換器の事前学習",
        ja_abstract="強化学習を用いる。",
        categories=["cs.CL", "hep-th"],
        authors=[{"name": "Geoffrey Hinton"}, {"name": "J. van der Berg"}],
        status=TranslationStatus.REVIEWED,
        submitted_at=NOW.replace(year=2025, month=2),
    )
    index_all()
    for entry in (
        "pretraining", "pre", "gauss", "hinton", "学習", "強化学", "変",
        "@ccs.cl", "@ccs", "@gcs", "@gphysics", "@y2025", "@m202502", "@r",
        "@ahinton", "@ngeoffrey hinton", "@ig hinton", "@nj berg",
        "@=rl=reinforcement learning", "@~reinforcement learning=rl",
    ):  # fmt: skip
        assert matches(f"'{entry}'") == [translation.pk], entry
    assert matches("'事前' <2> '学習'") == [translation.pk]
    assert matches("'transformers':A & 'method':C & '学習':A") == [translation.pk]
    assert matches("'method':A") == []


def test_phrases_do_not_reach_from_one_text_into_the_next():
    publish_text("One end", "Begin here.")
    index_all()
    assert matches("'end' <-> 'begin'") == []


def test_an_endless_text_is_indexed_as_far_as_an_index_can():
    text = "".join(chr(0x4E00 + number % 20_000) for number in range(60_000))
    translation = publish_text(text, text, ja=text, ja_abstract=text)
    index_all()
    assert matches(f"'{text[5000]}'") == [translation.pk]


@pytest.mark.parametrize("text", ["it's \\ a 'quote", "a\\", "':*&|!<->", "$\\frac{a}{b}$", ""])
def test_signs_in_a_text_are_no_syntax(text):
    publish_text(text, text, ja=text, ja_abstract=text, authors=[{"name": text}])
    index_all()
    assert SearchDocument.objects.count() == 1


def test_an_author_is_found_by_last_name_first_name_and_initial():
    assert list(author_entries("Geoffrey E. Hinton")) == [
        "@ageoffrey", "@ae", "@ahinton", "@ngeoffrey hinton", "@ig hinton",
    ]  # fmt: skip
    assert list(author_entries("ATLAS")) == ["@aatlas"]


def counted() -> dict[str, int]:
    return dict(
        LexiconEntry.objects.filter(documents__gt=0).values_list("entry", "documents").order_by()
    )


def test_the_lexicon_follows_what_is_indexed_changed_and_removed():
    first, second = publish_text("Red sheep", ja="赤い羊"), publish_text("Red goats", ja="赤い山羊")
    index_all()
    by_steps = counted()
    assert (by_steps["red"], by_steps["sheep"], by_steps["羊"], by_steps["山羊"]) == (2, 1, 2, 1)
    assert not any(entry.startswith(("@a", "@n", "@i")) for entry in by_steps)
    Paper.objects.filter(pk=first.paper_id).update(
        title="Blue sheep", changed_at=NOW + timedelta(minutes=1)
    )
    Translation.objects.filter(pk=second.pk).update(status=TranslationStatus.HELD)
    index_all()
    by_steps = counted()
    assert ("red" in by_steps, by_steps["blue"], "goats" in by_steps) == (False, 1, False)
    recount()
    assert counted() == by_steps
    words = set(LexiconEntry.objects.filter(is_word=True).values_list("entry", flat=True))
    assert {"blue", "sheep"} <= words
    assert not {"羊", "@y2026", "赤イ"} & words


def test_parts_of_words_and_misspelled_words_are_found_in_the_lexicon():
    for _ in range(2):
        publish_text("Hyperparameters of a transformer", "A parameter.")
    index_all()
    assert words_containing(["parameter"]) == {"parameter": ["hyperparameters", "parameter"]}
    assert words_containing(["100%", "a_b"]) == {"100%": [], "a_b": []}
    for typed in ("transfomer", "trasnformer", "transformre", "tranformmer"):
        assert likely_correction(typed).word == "transformer"
    for typed in ("transformer", "quasar", "tra", "変換器", "2024"):
        assert likely_correction(typed) is None


DISTANCES = {
    "same": ("sheep", "sheep", 0),
    "left out": ("shep", "sheep", 1),
    "too many": ("sheeep", "sheep", 1),
    "replaced": ("sleep", "sheep", 1),
    "changed places": ("hseep", "sheep", 1),
    "all": ("", "abc", 3),
}


@pytest.mark.parametrize(("one", "other", "letters"), DISTANCES.values(), ids=DISTANCES)
def test_the_distance_of_words_counts_letters(one, other, letters):
    assert edit_distance(one, other) == edit_distance(other, one) == letters


def test_a_document_is_made_without_the_database(django_assert_num_queries):
    translation = publish_text()
    with django_assert_num_queries(0):
        assert "'study'" in str(document_of(translation).words)
