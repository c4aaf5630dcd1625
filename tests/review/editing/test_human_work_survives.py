"""No sequence of events loses or changes a text that a person wrote or approved."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from apps.papers.models import Paper
from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.papers.store.service import store_records
from apps.review.corrections.apply import apply_fix, text_digest, undo_batch
from apps.review.models import Decision, DecisionKind
from apps.review.publishing.policy import publish_ready
from apps.review.refusals import CannotEdit, CannotPublish
from apps.text.arxiv.author_strings import Author
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import Segment, Translation
from apps.translation.pipeline.commit import Outcome, commit, retry_waiting
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations, papers_to_open
from apps.translation.pipeline.translate import translate_batch
from apps.translation.status import ForbiddenTransition
from tests.support.acts import edit_segments, hold, publish, retranslate, unpublish
from tests.support.builders import NOW
from tests.support.engines import DownEngine, EchoEngine, plan

SENTENCES = [f"Sentence number {number} is here." for number in range(6)]
TITLES = ["First title", "Second title"]
WORDS = st.text(alphabet="あいう漢字。", min_size=1, max_size=6)


class Ledger(RuleBasedStateMachine):
    """Random lives of one paper: harvested, translated, edited, approved, revised, sent back."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.editor = User.objects.create(username=f"editor {uuid.uuid4()}", is_superuser=True)
        self.identifier = "2603.00001"
        self.now = NOW
        self.version = 0
        self.late_leases: list[tuple[uuid.UUID, list[int]]] = []
        # What a person stands behind: by segment, and by what is said where in the paper.
        self.by_segment: dict[int, str] = {}
        self.by_source: dict[tuple[str, str], str] = {}
        self.ever: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def tick(self) -> None:
        self.now += timedelta(minutes=7)

    def any_translation(self, data: st.DataObject) -> Translation:
        keys = list(Translation.objects.order_by("id").values_list("pk", flat=True))
        return Translation.objects.get(pk=data.draw(st.sampled_from(keys)))

    def note(self, segments: list[Segment]) -> None:
        for segment in segments:
            self.by_segment[segment.pk] = segment.text
            self.ever.add(segment.text)
            self.by_source[segment.field, segment.source] = segment.text

    @initialize()
    def begin(self) -> None:
        self.harvest(TITLES[0], SENTENCES[:2])

    @rule(title=st.sampled_from(TITLES), sentences=st.lists(st.sampled_from(SENTENCES), max_size=5))
    def harvest(self, title: str, sentences: list[str]) -> None:
        self.tick()
        self.version += 1
        stamps = tuple(
            VersionStamp(number, NOW + timedelta(days=number))
            for number in range(1, self.version + 1)
        )
        record = PaperRecord(
            arxiv_id=self.identifier,
            source_format=SourceFormat.ARXIV_RAW,
            title=title,
            abstract=" ".join(sentences),
            authors=(Author.from_name("Ada Example"),),
            categories=("cs.CL",),
            versions=stamps,
            submitted_at=stamps[0].submitted_at,
            revised_at=stamps[-1].submitted_at,
            datestamp=(NOW + timedelta(days=self.version)).date(),
        )
        store_records([record], now=self.now)
        open_translations(papers_to_open("ja", None), "ja", now=self.now)

    @rule(up=st.booleans())
    def translate(self, up: bool) -> None:
        self.tick()
        translate_batch(plan(EchoEngine() if up else DownEngine()), clock=lambda: self.now)

    @rule()
    def a_worker_claims_and_is_slow(self) -> None:
        lease = uuid.uuid4()
        claimed = Segment.objects.claim(limit=3, lease=lease, now=self.now, seconds=60)
        self.late_leases.append((lease, [segment.pk for segment in claimed]))

    @rule()
    def the_slow_worker_comes_back(self) -> None:
        self.tick()
        for lease, keys in self.late_leases:
            commit(lease, {key: Outcome("slow", "1", "遅い訳") for key in keys}, now=self.now)
        self.late_leases = []

    @rule()
    def finish(self) -> None:
        self.tick()
        finish_batch(now=self.now)

    @rule(sentence=st.sampled_from(SENTENCES), text=WORDS)
    def import_into_the_memory(self, sentence: str, text: str) -> None:
        unit = MemoryUnit("en", "ja", sentence, text)
        import_units([unit], collection="x.tmx", now=self.now)
        retry_waiting(now=self.now)

    @rule(data=st.data(), text=WORDS)
    def edit(self, data: st.DataObject, text: str) -> None:
        self.tick()
        translation = self.any_translation(data)
        segment = data.draw(st.sampled_from(list(translation.segments.order_by("id"))))
        try:
            with transaction.atomic():
                edit_segments(translation.pk, {segment.pk: text}, actor=self.editor, now=self.now)
        except CannotEdit:
            return
        segment.refresh_from_db()
        if segment.approved_at:
            self.note([segment])

    @rule(wrong=st.sampled_from("あいう漢字"), right=WORDS)
    def correct_everywhere(self, wrong: str, right: str) -> None:
        self.tick()
        chosen = {item.pk: text_digest(item.text) for item in Segment.objects.all()}
        apply_fix(wrong, right, chosen, actor=self.editor, batch=uuid.uuid4(), now=self.now)

    @rule()
    def take_back_the_last_correction(self) -> None:
        self.tick()
        last = Decision.objects.filter(kind=DecisionKind.FIX).first()
        if last is not None and last.batch is not None:
            undo_batch(last.batch, actor=self.editor, now=self.now)

    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        self.tick()
        translation = self.any_translation(data)
        try:
            with transaction.atomic():
                publish(translation.pk, actor=self.editor, reviewed=True, now=self.now)
        except (CannotPublish, ForbiddenTransition):
            return
        self.note(list(translation.segments.order_by("id")))

    @rule(data=st.data(), decide=st.sampled_from(["unpublish", "hold", "retranslate"]))
    def send_back(self, data: st.DataObject, decide: str) -> None:
        self.tick()
        key = self.any_translation(data).pk
        try:
            with transaction.atomic():
                if decide == "retranslate":
                    retranslate(key, actor=self.editor, now=self.now)
                else:
                    action = unpublish if decide == "unpublish" else hold
                    action(key, actor=self.editor, reason="", now=self.now)
        except (CannotEdit, ForbiddenTransition):
            return

    @rule()
    def the_policy_publishes(self) -> None:
        self.tick()
        publish_ready(policy="clean", now=self.now)

    @invariant()
    def no_approved_sentence_has_changed(self) -> None:
        rows = Segment.objects.filter(pk__in=self.by_segment)
        assert dict(rows.values_list("pk", "text")) == self.by_segment
        assert not rows.filter(approved_at__isnull=True).exists()

    @invariant()
    def the_current_text_has_every_approved_sentence(self) -> None:
        paper = Paper.objects.filter(arxiv_id=self.identifier).first()
        if paper is None:
            return
        current = Translation.objects.filter(
            paper=paper, source_fingerprint=paper.text_fingerprint
        ).first()
        if current is None:
            return
        stand_behind: dict[tuple[str, str], bool] = {}
        for segment in current.segments.all():
            place = segment.field, segment.source
            # A sentence that stands twice in one text may be written differently there.
            stand_behind[place] = stand_behind.get(place, False) or bool(segment.approved_at)
            assert segment.approved_at is None or segment.text in self.ever
        known = self.by_source.keys() & stand_behind.keys()
        assert all(stand_behind[place] for place in known)

    @invariant()
    def at_most_one_is_public_and_it_is_whole(self) -> None:
        public = Translation.objects.published()
        assert public.count() <= 1
        assert not public.filter(segments__text="").exists()


@pytest.mark.django_db
def test_no_sequence_of_events_loses_or_alters_what_a_person_approved() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
