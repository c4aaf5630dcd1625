"""Translation, Segment, Finding and the translation memory: the sentence ledger."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper
from apps.text.checks import Severity as CheckSeverity
from apps.translation.models.glossary import CaseRule, GlossaryTerm, PartOfSpeech
from apps.translation.models.term_revisions import TermRevision
from apps.translation.querysets import MemoryQuerySet, SegmentQuerySet, TranslationQuerySet
from apps.translation.status import PUBLIC, TranslationStatus

__all__ = [
    "CaseRule",
    "Finding",
    "FindingSeverity",
    "GlossaryTerm",
    "MemoryEntry",
    "MemoryOrigin",
    "PartOfSpeech",
    "Segment",
    "SegmentField",
    "SegmentOrigin",
    "SegmentState",
    "SummaryOrigin",
    "TermRevision",
    "Translation",
]


class SummaryOrigin(models.TextChoices):
    """Who or what made a summary."""

    EXTRACTED = "extracted", _("sentences picked from the translation")
    MODEL = "model", _("written by a language model, every number and term checked")
    PERSON = "person", _("written by an editor")


class Translation(models.Model):
    """The translation of one text of a paper (title and abstract) into one language.

    A new version with new text gets a new row; one whose text is the same keeps its row. `title`
    and `abstract` are put together from the segments and never edited by themselves.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveSmallIntegerField(_("version of the paper"))
    source_fingerprint = models.CharField(_("fingerprint of the source"), max_length=32)
    status = models.CharField(
        _("status"), max_length=12, choices=TranslationStatus, default=TranslationStatus.PENDING
    )
    status_reason = models.TextField(_("reason"), blank=True)
    title = models.TextField(_("translated title"), blank=True)
    abstract = models.TextField(_("translated abstract"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_origin = models.CharField(
        _("origin of the summary"), max_length=10, choices=SummaryOrigin, blank=True
    )
    summary_positions = models.JSONField(_("sentences of the summary"), default=list, blank=True)
    summary_engine = models.CharField(
        _("summariser asked last"), max_length=128, blank=True, editable=False
    )
    summary_refusal = models.TextField(_("why its summary was refused"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last update in the system"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "language", "source_fingerprint"], name="one_translation_per_text"
            ),
            models.UniqueConstraint(
                fields=["paper", "language"],
                condition=models.Q(status__in=sorted(PUBLIC)),
                name="one_published_translation",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "id"],
                condition=~models.Q(status__in=[*sorted(PUBLIC), TranslationStatus.SUPERSEDED]),
                name="translation_unpublished",
            ),
            models.Index(fields=["language", "-published_at", "-id"], name="translation_published"),
            models.Index(fields=["updated_at"], name="translation_updated"),
            models.Index(
                fields=["language", "updated_at", "id"],
                condition=models.Q(status__in=sorted(PUBLIC)),
                name="translation_public_updated",
            ),
            models.Index(
                fields=["language", "paper"],
                condition=models.Q(status=TranslationStatus.REVIEWED),
                name="translation_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.language} v{self.version}"

    @property
    def is_public(self) -> bool:
        """Whether readers may see it."""
        return self.status in PUBLIC

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has approved it."""
        return self.status == TranslationStatus.REVIEWED

    @property
    def is_stale(self) -> bool:
        """Whether the paper's text has changed since."""
        return self.source_fingerprint != self.paper.text_fingerprint


class SegmentField(models.TextChoices):
    """Which part of the paper a segment belongs to."""

    TITLE = "title", _("title")
    ABSTRACT = "abstract", _("abstract")


class SegmentState(models.TextChoices):
    """Where the machine work on a segment stands."""

    PENDING = "pending", _("to be translated")
    WAITING = "waiting", _("waiting for an engine")
    DONE = "done", _("translated")
    FAILED = "failed", _("no engine could translate it")


class SegmentOrigin(models.TextChoices):
    """Who or what made the current text."""

    MACHINE = "machine", _("machine translation")
    MEMORY = "memory", _("translation memory")
    PERSON = "person", _("a person")


class Segment(models.Model):
    """One sentence: its source, the machine's text, the current text, and where that came from.

    Once `approved_at` is set only a person may change the text: the machine's services write
    through `SegmentQuerySet.open_to_machines()`, and the database refuses an approved segment
    without text.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="segments")
    field = models.CharField(_("part"), max_length=8, choices=SegmentField)
    position = models.PositiveSmallIntegerField(_("position"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), default=0)
    source = models.TextField(_("source"))
    source_hash = models.CharField(_("hash of the source"), max_length=32)
    state = models.CharField(
        _("state"), max_length=8, choices=SegmentState, default=SegmentState.PENDING
    )
    machine_text = models.TextField(_("machine's text"), blank=True)
    text = models.TextField(_("current text"), blank=True)
    origin = models.CharField(_("origin"), max_length=8, choices=SegmentOrigin, blank=True)
    engine = models.CharField(_("engine"), max_length=32, blank=True)
    engine_version = models.CharField(
        _("engine version"),
        max_length=128,
        blank=True,
        help_text=_("model and a digest of every parameter that affects the text"),
    )
    fixes = ArrayField(
        models.CharField(max_length=32),
        verbose_name=_("corrections"),
        default=list,
        blank=True,
        help_text=_(
            "what was corrected in the machine's text, by rule or by a person everywhere at once"
        ),
    )
    tokens_in = models.PositiveIntegerField(_("tokens sent"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens received"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, default=0)
    memory_entry = models.ForeignKey(
        "MemoryEntry", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    claimable_at = models.DateTimeField(
        _("may be claimed from"), help_text=_("later than now: a worker has it, or it rests")
    )
    lease = models.UUIDField(_("lease"), null=True, blank=True)
    translated_at = models.DateTimeField(_("translated"), null=True, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["translation", "-field", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "field", "position"], name="one_segment_per_position"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | ~models.Q(text=""),
                name="approved_segments_have_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=SegmentState.DONE) | ~models.Q(text=""),
                name="done_segments_have_text",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimable_at", "id"],
                condition=models.Q(state=SegmentState.PENDING),
                name="segment_claimable",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(state=SegmentState.WAITING),
                name="segment_waiting",
            ),
            models.Index(
                fields=["-approved_at"],
                condition=models.Q(approved_at__isnull=False),
                name="segment_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.field} {self.position}"


class FindingSeverity(models.TextChoices):
    """How much a finding weighs. Blocking findings keep a text from being published unreviewed."""

    BLOCKING = CheckSeverity.BLOCKING.value, _("blocking")
    WARNING = CheckSeverity.WARNING.value, _("warning")
    NOTICE = CheckSeverity.NOTICE.value, _("notice")


class Finding(models.Model):
    """What a check found in the current text of a segment, or of the whole (segment empty)."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="findings")
    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    name = models.CharField(_("check"), max_length=40)
    severity = models.CharField(_("severity"), max_length=8, choices=FindingSeverity)
    start = models.PositiveIntegerField(_("from character"), default=0)
    end = models.PositiveIntegerField(_("to character"), default=0)
    message_ja = models.TextField(_("message (Japanese)"))
    message_en = models.TextField(_("message (English)"))
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "-id"], name="finding_of_check"),
            models.Index(fields=["severity", "-id"], name="finding_of_severity"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.message_en}"


class MemoryOrigin(models.TextChoices):
    """How an entry came into the memory. Unreviewed machine text never does."""

    APPROVED = "approved", _("approved by an editor")
    IMPORTED = "imported", _("imported")


class MemoryEntry(models.Model):
    """A pair of sentences that a person stands behind."""

    source_language = models.CharField(_("source language"), max_length=12)
    target_language = models.CharField(_("target language"), max_length=12)
    source = models.TextField(_("source"))
    source_hash = models.CharField(_("hash of the source"), max_length=32)
    sketch = ArrayField(models.IntegerField(), default=list, editable=False)
    target = models.TextField(_("target"))
    target_hash = models.CharField(_("hash of the target"), max_length=32)
    origin = models.CharField(_("origin"), max_length=8, choices=MemoryOrigin)
    collection = models.CharField(
        _("collection"), max_length=64, blank=True, help_text=_("for imports: the file's name")
    )
    licence = models.CharField(_("licence"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("memory entries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source_hash", "target_hash"],
                name="one_entry_per_pair",
            )
        ]
        indexes = [GinIndex(fields=["sketch"], name="memory_sketch")]

    def __str__(self) -> str:
        return self.source[:80]
