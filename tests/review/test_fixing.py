"""Fix once: what is offered after an edit, where the same error is found, corrected, taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from lxml import html

from apps.review.approving import approve_sentences
from apps.review.claims import claim
from apps.review.editing import edit_segments
from apps.review.fix_offers import Offer, offers_of
from apps.review.fix_terms import keep_term, term_to_keep
from apps.review.fixing import (
    MARK,
    MOST_AT_ONCE,
    TooManyAtOnce,
    apply_fix,
    seal_of,
    undo_batch,
)
from apps.review.models import Claim, Decision, DecisionKind
from apps.review.publishing import hold, unpublish
from apps.review.retranslating import retranslate
from apps.review.rights import GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS, NotAllowed
from apps.review.same_error import TooGeneral, find_same_error
from apps.translation.finishing import finish_batch
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.opening import open_translations
from apps.translation.status import TranslationStatus
from apps.translation.term_entries import BadTerm
from tests.builders import NOW, build_paper
from tests.discovery.published import index_all
from tests.public.factories import publish_paper

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WRONG, RIGHT, TERM = "LSM", "LLM", "LLM"
SOURCE = "We train an LLM on text."
BAD, GOOD = "LSMをテキストで訓練する。", "LLMをテキストで訓練する。"


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create(username="editor", is_superuser=True)


def published(text: str = BAD, source: str = SOURCE, **fields) -> Segment:
    """A sentence of a published translation that nobody reviewed."""
    translation = publish_paper(
        title="A title", abstract=source, texts={"A title": "題名", source: text}, **fields
    )
    return sentence(translation)


def waiting(text: str = BAD, source: str = SOURCE) -> Segment:
    """A sentence of a translation that is not public."""
    paper = build_paper(title="A title", abstract=source)
    open_translations([paper.pk], "ja", now=NOW)
    segments = Segment.objects.filter(translation__paper=paper)
    segments.filter(field="title").update(text="題名", state=SegmentState.DONE, origin="machine")
    segments.filter(field="abstract").update(text=text, state=SegmentState.DONE, origin="machine")
    finish_batch(now=NOW)
    return segments.get(field="abstract")


def sentence(translation: Translation) -> Segment:
    return translation.segments.get(field="abstract")


def again(segment: Segment) -> Segment:
    return Segment.objects.select_related("translation").get(pk=segment.pk)


def search(wrong: str = WRONG, term: str = TERM, *, limit: int = 100, now=NOW) -> list[int]:
    return [
        item.pk
        for item in find_same_error(wrong, term, "ja", right=RIGHT, limit=limit, now=now).segments
    ]


def fix(*segments: Segment, actor, batch=None, wrong: str = WRONG, right: str = RIGHT, now=LATER):
    chosen = {item.pk: seal_of(item.text) for item in segments}
    return apply_fix(
        wrong, right, chosen, source_term=TERM, actor=actor, batch=batch or uuid4(), now=now
    )


def edited(segment: Segment, text: str, editor) -> Decision:
    decision = edit_segments(segment.translation_id, {segment.pk: text}, actor=editor, now=NOW)
    assert decision is not None
    return decision


# What is offered.


def test_an_edit_offers_the_term_it_corrected(editor):
    decision = edited(published(), GOOD, editor)
    assert offers_of(decision) == [Offer("LSM", "LLM", "LLM")]


def test_the_glossary_says_which_term_of_the_source_it_was(editor):
    GlossaryTerm.objects.create(
        source_language="en", target_language="ja", source="off-policy", folded="offpolicy",
        target="オフポリシー", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    segment = published("政治の学習を行う。", "We do off-policy learning.")
    (offer,) = offers_of(edited(segment, "オフポリシーの学習を行う。", editor))
    assert offer == Offer("政治", "オフポリシー", "off-policy")


def test_where_nothing_tells_the_editor_names_the_term(editor):
    segment = published("政治の学習を行う。", "We do off-policy learning.")
    (offer,) = offers_of(edited(segment, "方策外の学習を行う。", editor))
    assert offer.source_term == ""


def test_an_edit_of_other_things_offers_nothing(editor):
    assert offers_of(edited(published("学習をする。"), "学習をした。", editor)) == []


def test_offers_cost_the_same_for_any_edit(editor, django_assert_max_num_queries):
    decision = edited(published(), GOOD, editor)
    with django_assert_max_num_queries(4):
        offers_of(decision)


# Where the error is found.


def test_the_same_error_is_found_published_or_not(editor):
    shown, hidden = published(), waiting()
    published("LLMを訓練する。")
    index_all()
    assert search() == [shown.pk, hidden.pk]


def test_what_the_index_has_not_seen_yet_is_found_too():
    segment = published()
    assert search() == [segment.pk]


NOT_FOUND = {
    "no error": (GOOD, SOURCE),
    "another term in the source": (BAD, "We train a model on text."),
    "inside of another word": ("LSMAを訓練する。", SOURCE),
    "in other letters": ("lsmを訓練する。", SOURCE),
}


@pytest.mark.parametrize(("text", "source"), NOT_FOUND.values(), ids=NOT_FOUND)
@pytest.mark.parametrize("make", [published, waiting], ids=["published", "waiting"])
def test_other_sentences_are_not_found(text, source, make):
    make(text, source)
    index_all()
    assert search() == []


@pytest.mark.parametrize("wrong", ["政治", "政治の学", "治", "LSM モデル", "学習"])
def test_a_wrong_rendering_of_any_length_and_script_is_found(wrong):
    segments = [make("LSM モデルで政治の学習をする。", SOURCE).pk for make in (published, waiting)]
    index_all()
    assert search(wrong) == segments


@pytest.mark.parametrize("wrong", ["", "。", "治"])
def test_what_would_be_found_everywhere_is_refused(wrong):
    with pytest.raises(TooGeneral):
        search(wrong, "")


def test_without_a_source_term_every_sentence_counts():
    segment = published(BAD, "Something else is here.")
    index_all()
    assert search(term="") == [segment.pk]


def test_what_a_person_approved_or_a_newer_text_replaced_is_left_out(editor):
    approved, replaced, kept = published(), published(), published()
    approve_sentences(approved.translation_id, [approved.pk], actor=editor, now=NOW)
    Translation.objects.filter(pk=replaced.translation_id).update(
        status=TranslationStatus.SUPERSEDED
    )
    index_all()
    assert search() == [kept.pk]


def test_more_than_are_shown_is_said_and_the_newest_come_first():
    segments = [published(submitted_at=NOW - timedelta(hours=hours)) for hours in (3, 1, 2)]
    index_all()
    found = find_same_error(WRONG, TERM, "ja", limit=2, now=NOW)
    assert not found.is_all
    assert [item.pk for item in found.segments] == [segments[1].pk, segments[2].pk]
    assert find_same_error(WRONG, TERM, "ja", limit=3, now=NOW).is_all


def test_a_search_that_takes_too_long_says_so(settings):
    waiting()
    settings.SEARCH_TIMEOUT_MS = 1
    with connection.execute_wrapper(slowly):
        found = find_same_error(WRONG, TERM, "ja", limit=9, now=NOW)
    assert not found.is_all


def slowly(execute, sql, params, many, context):
    """Let whoever asks for sentences wait for the database."""
    if "translation_segment" in sql:
        context["cursor"].execute("SELECT pg_sleep(0.2)")
    return execute(sql, params, many, context)


def test_many_batches_are_walked(monkeypatch):
    monkeypatch.setattr("apps.review.same_error.BATCH", 2)
    segments = [make().pk for make in (published, waiting) for _ in range(5)]
    index_all()
    assert sorted(search()) == sorted(segments)


def test_walking_ends_and_that_is_said(monkeypatch):
    monkeypatch.setattr("apps.review.same_error.BATCH", 2)
    monkeypatch.setattr("apps.review.same_error.MOST_WALKED", 4)
    for _ in range(7):
        waiting()
    found = find_same_error(WRONG, TERM, "ja", limit=100, now=NOW)
    assert (len(found.segments), found.is_all) == (4, False)


# Correcting.


def test_a_fix_corrects_the_term_and_approves_nothing(editor):
    shown, hidden = published(), waiting()
    batch = uuid4()
    outcome = fix(shown, hidden, actor=editor, batch=batch)
    assert (outcome.sentences, outcome.skipped) == (2, [])
    for segment in (again(shown), again(hidden)):
        assert segment.text == GOOD
        assert segment.approved_at is None
        assert segment.origin != SegmentOrigin.PERSON
        assert segment.fixes == [MARK]
        segment.translation.refresh_from_db()
        assert segment.translation.abstract == GOOD
    decisions = Decision.objects.filter(batch=batch)
    assert {(item.kind, item.actor) for item in decisions} == {(DecisionKind.FIX, editor)}
    assert decisions[0].detail["fix"] == {"wrong": WRONG, "right": RIGHT, "source_term": TERM}
    assert not Claim.objects.exists()
    assert not MemoryEntry.objects.exists()


def test_a_fix_can_release_what_a_check_held(editor):
    GlossaryTerm.objects.create(
        source_language="en", target_language="ja", source="LLM", folded="llm", target="LLM",
        forbidden=["LSM"], created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    segment = waiting()
    assert segment.translation.status == TranslationStatus.HELD
    fix(segment, actor=editor)
    assert again(segment).translation.status == TranslationStatus.READY
    assert not again(segment).findings.filter(name="terms").exists()
    assert Decision.objects.get().detail["segments"][0]["settled"] == ["acronyms", "terms"]


def test_what_a_person_holds_stays_held(editor):
    segment = published()
    unpublish(segment.translation_id, actor=editor, reason="", now=NOW)
    hold(segment.translation_id, actor=editor, reason="見直す", now=NOW)
    fix(segment, actor=editor)
    translation = again(segment).translation
    assert (translation.status, translation.status_reason) == (TranslationStatus.HELD, "見直す")
    assert again(segment).text == GOOD


def edit_it(segment, editor, people):
    edited(segment, "人の訳 LSM。", editor)
    Claim.objects.all().delete()


def approve_it(segment, editor, people):
    approve_sentences(segment.translation_id, [segment.pk], actor=editor, now=NOW)
    Claim.objects.all().delete()


def change_it(segment, editor, people):
    Segment.objects.filter(pk=segment.pk).update(text="機械の別の訳 LSM。")


def claim_it(segment, editor, people):
    claim(segment.translation_id, actor=people("other", TRANSLATORS), now=LATER)


def send_it_back(segment, editor, people):
    unpublish(segment.translation_id, actor=editor, reason="", now=NOW)
    retranslate(segment.translation_id, actor=editor, now=NOW)


def replace_it(segment, editor, people):
    Translation.objects.filter(pk=segment.translation_id).update(status="superseded")


MEANWHILE = [edit_it, approve_it, change_it, claim_it, send_it_back, replace_it]


@pytest.mark.parametrize("happen", MEANWHILE, ids=lambda happen: happen.__name__)
def test_what_changed_meanwhile_stays_as_it_is_and_is_named(editor, person, happen):
    one, other = published(), published()
    happen(one, editor, person)
    before = again(one).text
    outcome = fix(one, other, actor=editor)
    assert again(one).text == before
    assert again(other).text == GOOD
    (skipped,) = outcome.skipped
    assert (skipped.segment, skipped.paper) == (one.pk, again(one).translation.paper.arxiv_id)
    assert skipped.why


def test_five_hundred_at_most(editor):
    with pytest.raises(TooManyAtOnce):
        apply_fix(
            WRONG, RIGHT, dict.fromkeys(range(MOST_AT_ONCE + 1), ""),
            actor=editor, batch=uuid4(), now=NOW,
        )  # fmt: skip


def test_correcting_is_a_right(person):
    segment, nobody = published(), person("somebody", GLOSSARY_KEEPERS)
    with pytest.raises(NotAllowed):
        fix(segment, actor=nobody)
    with pytest.raises(NotAllowed):
        undo_batch(uuid4(), actor=nobody, now=NOW)


# Taking back.


def test_one_click_takes_all_of_it_back(editor):
    segments, batch = [published(), waiting()], uuid4()
    fix(*segments, actor=editor, batch=batch)
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert (outcome.sentences, outcome.skipped) == (2, [])
    assert [again(item).text for item in segments] == [BAD, BAD]
    assert [again(item).fixes for item in segments] == [[], []]
    assert {item.kind for item in outcome.decisions} == {DecisionKind.UNDO}
    assert again(segments[0]).translation.abstract == BAD
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 0


@pytest.mark.parametrize("happen", MEANWHILE, ids=lambda happen: happen.__name__)
def test_what_changed_since_is_not_taken_back_and_named(editor, person, happen):
    one, other, batch = published(), published(), uuid4()
    fix(one, other, actor=editor, batch=batch)
    happen(one, editor, person)
    before = again(one).text
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert (again(one).text, again(other).text) == (before, BAD)
    assert [item.segment for item in outcome.skipped] == [one.pk]


def test_what_was_skipped_can_be_taken_back_later(editor, person):
    segment, batch = published(), uuid4()
    fix(segment, actor=editor, batch=batch)
    claim_it(segment, editor, person)
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 0
    Claim.objects.all().delete()
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 1


@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    texts=st.lists(
        st.text(alphabet="LSMA政治方策はを。", min_size=1, max_size=10), min_size=1, max_size=4
    ),
    wrong=st.text(alphabet="LSM政治", min_size=1, max_size=3),
    right=st.text(alphabet="LM方策政", min_size=1, max_size=3),
    approved=st.sets(st.integers(0, 3)),
)
def test_a_fix_and_its_undoing_leave_every_text_as_it_was(editor, texts, wrong, right, approved):
    paper = build_paper(title="T", abstract=" ".join(f"Sentence {n} is it." for n in range(4)))
    open_translations([paper.pk], "ja", now=NOW)
    translation = paper.translations.get()
    segments = list(translation.segments.order_by("-field", "position"))
    for place, segment in enumerate(segments):
        segment.text, segment.state = texts[place % len(texts)], SegmentState.DONE
        segment.approved_at = NOW if place in approved else None
        segment.save()
    before = {item.pk: item.text for item in segments}
    kept = {item.pk: item.text for item in segments if item.approved_at}
    batch = uuid4()
    fix(*segments, actor=editor, batch=batch, wrong=wrong, right=right)
    after = dict(translation.segments.values_list("pk", "text"))
    assert {key: after[key] for key in kept} == kept
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert outcome.skipped == []
    assert dict(translation.segments.values_list("pk", "text")) == before


# The glossary.


def test_a_correction_becomes_a_term(editor):
    entry = term_to_keep("LLM", "LLM", language="ja", scope="cs.*", forbidden="LSM")
    term = keep_term(entry, actor=editor, now=NOW)
    assert (term.source, term.target, term.scope) == ("LLM", "LLM", "cs.*")
    assert (term.forbidden, term.created_by, term.updated_by) == (["LSM"], editor, editor)


def test_a_term_that_is_there_learns_the_wrong_rendering(editor):
    keep_term(term_to_keep("LLM", "LLM", language="ja", forbidden="LCM"), actor=editor, now=NOW)
    entry = term_to_keep("LLMs".removesuffix("s"), "LLM", language="ja", forbidden="LSM")
    keep_term(entry, actor=editor, now=LATER)
    assert GlossaryTerm.objects.get().forbidden == ["LCM", "LSM"]


def test_a_term_with_another_rendering_is_not_overwritten(editor):
    keep_term(term_to_keep("LLM", "大規模言語モデル", language="ja"), actor=editor, now=NOW)
    with pytest.raises(BadTerm, match="大規模言語モデル"):
        term_to_keep("LLM", "LLM", language="ja")


def test_terms_are_kept_by_those_who_may(person):
    entry = term_to_keep("LLM", "LLM", language="ja")
    with pytest.raises(NotAllowed):
        keep_term(entry, actor=person("somebody", TRANSLATORS), now=NOW)


# The pages.


def test_the_whole_way_through_the_pages(admin_client, admin_user):
    first, same, other = published(), published(), published()
    index_all()
    decision = edited(first, GOOD, admin_user)
    page = parsed(admin_client.get(f"{reverse('admin:review_fix')}?decision={decision.pk}"))
    form = {field.get("name"): field.get("value") for field in page.xpath("//form//input[@name]")}
    assert (form["wrong"], form["right"], form["source_term"]) == ("LSM", "LLM", "LLM")
    given_ = {
        "wrong": "LSM",
        "right": "LLM",
        "source_term": "LLM",
        "add_term": "on",
        "forbid": "on",
    }
    response = admin_client.get(reverse("admin:review_fix_preview"), given_)
    page = parsed(response)
    boxes = page.xpath("//input[@name='chosen']")
    assert all(box.get("checked") is not None for box in boxes)
    assert sorted(int(box.get("value").partition(":")[0]) for box in boxes) == [same.pk, other.pk]
    assert page.xpath("string(//mark)") == "LLM"
    assert page.xpath("string(//tbody//del)") == "LSM"
    chosen = [box.get("value") for box in boxes if box.get("value").startswith(f"{same.pk}:")]
    response = admin_client.post(
        reverse("admin:review_fix_preview"), given_ | {"chosen": chosen}, follow=True
    )
    assert [again(item).text for item in (same, other)] == [GOOD, BAD]
    assert GlossaryTerm.objects.get().forbidden == ["LSM"]
    result = response.redirect_chain[-1][0]
    admin_client.post(result)
    assert again(same).text == BAD
    assert admin_client.get(result).status_code == 200
    assert admin_client.get(reverse("admin:review_fix_changelist")).status_code == 200


BAD_FORMS = {
    "nothing": {},
    "the same": {"wrong": "LSM", "right": "LSM"},
    "too general": {"wrong": "治", "right": "策"},
    "a term without source": {"wrong": "LSM", "right": "LLM", "add_term": "on"},
    "a wrong scope": {
        "wrong": "LSM", "right": "LLM", "source_term": "LLM", "add_term": "on", "scope": "xx",
    },
}  # fmt: skip


@pytest.mark.parametrize("given_", BAD_FORMS.values(), ids=BAD_FORMS)
def test_a_form_that_makes_no_sense_comes_back_with_the_reason(admin_client, given_):
    page = parsed(admin_client.get(reverse("admin:review_fix_preview"), given_))
    assert page.xpath("//ul[contains(@class,'errorlist')]")
    assert page.xpath("string(//input[@name='wrong']/@value)") == given_.get("wrong", "")


def test_the_form_can_be_opened_for_a_sentence_or_nothing(admin_client):
    address = reverse("admin:review_fix")
    for query in ("", f"?segment={published().pk}", "?segment=x", "?decision=99999&offer=7"):
        assert admin_client.get(address + query).status_code == 200


PAGES = ["admin:review_fix", "admin:review_fix_preview", "admin:review_fix_changelist"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "may"), [(REVIEWERS, True), (GLOSSARY_KEEPERS, False)])
def test_who_may_correct_sentences_may_open_the_pages(client, person, name, role, may):
    client.force_login(person("somebody", role))
    assert client.get(reverse(name)).status_code == (200 if may else 403)


def test_who_may_not_keep_terms_corrects_nothing_in_their_name(client, person):
    segment = published()
    client.force_login(person("somebody", TRANSLATORS))
    response = client.post(
        reverse("admin:review_fix_preview"),
        {
            "wrong": "LSM", "right": "LLM", "source_term": "LLM", "add_term": "on",
            "chosen": [f"{segment.pk}:{seal_of(segment.text)}"],
        },
    )  # fmt: skip
    assert response.status_code == 403
    assert again(segment).text == BAD
    assert not GlossaryTerm.objects.exists()


def test_a_batch_that_there_is_not_is_not_found(admin_client):
    address = reverse("admin:review_fix_batch", args=[uuid4()])
    assert admin_client.get(address).status_code == 404


def test_the_preview_costs_the_same_for_any_number(admin_client, django_assert_max_num_queries):
    for number in (2, 6):
        for _ in range(number):
            waiting()
        with django_assert_max_num_queries(60):
            admin_client.get(
                reverse("admin:review_fix_preview"),
                {"wrong": "LSM", "right": "LLM", "source_term": "LLM"},
            )


def parsed(response):
    return html.fromstring(response.content.decode())


def test_the_form_is_about_the_language_of_its_sentence(admin_client, settings):
    settings.TARGET_LANGUAGES = ["fr", "ja"]
    segment = waiting()
    page = admin_client.get(reverse("admin:review_fix"), {"segment": segment.pk}).content.decode()
    assert 'name="language" value="ja"' in page
    asked = {"wrong": WRONG, "right": RIGHT, "language": "ja"}
    found = admin_client.get(reverse("admin:review_fix_preview"), asked).content.decode()
    assert f'value="{segment.pk}:' in found
    other = admin_client.get(reverse("admin:review_fix_preview"), asked | {"language": "fr"})
    assert f'value="{segment.pk}:' not in other.content.decode()
