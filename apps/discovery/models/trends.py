"""What trends are counted from, and the lists of rising terms that are shown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class PaperTerms(models.Model):
    """The key terms of a paper's current text. Counts are made from these rows and nothing else.

    So nothing is ever added to a count or taken from it, and no count can drift: a changed paper
    has another row, a withdrawn one has none. `terms` has those of the title first, which are
    `title_terms` in number. `week` is the Monday (UTC) of the week of submission.
    """

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="key_terms"
    )
    week = models.DateField(_("week"))
    categories = ArrayField(models.CharField(max_length=32), verbose_name=_("categories"))
    terms = ArrayField(models.TextField(), verbose_name=_("terms"))
    title_terms = models.PositiveSmallIntegerField(_("terms in the title"))
    rules = models.PositiveSmallIntegerField(_("version of the rules"))
    text_fingerprint = models.CharField(_("fingerprint of the text"), max_length=32)

    class Meta:
        verbose_name = _("terms of a paper")
        verbose_name_plural = _("terms of papers")
        indexes = [models.Index(fields=["week"], name="paper_terms_week")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.week}"


class TrendWeek(models.Model):
    """A week of submission: how much changed in it, and what its trends have seen of that.

    `changes` counts every paper that came, changed or went; it only grows. The others are null
    until the trends of the eight weeks that end with this one have been computed.
    """

    week = models.DateField(_("week"), primary_key=True)
    changes = models.BigIntegerField(_("changes"), default=0)
    statistic = models.PositiveSmallIntegerField(_("statistic"), null=True, blank=True)
    seen_lately = models.BigIntegerField(_("changes seen, last weeks"), null=True, blank=True)
    seen_in_all = models.BigIntegerField(_("changes seen, all weeks"), null=True, blank=True)

    class Meta:
        verbose_name = _("week of trends")
        verbose_name_plural = _("weeks of trends")
        ordering = ["-week"]

    def __str__(self) -> str:
        return str(self.week)


class TrendReport(models.Model):
    """The rising terms of one category ("" is all of them) in the weeks that end with `week`.

    `weekly_papers` has the papers of each week, oldest first: those before, then the last ones.
    """

    week = models.DateField(_("week"))
    category = models.CharField(_("category"), max_length=32, blank=True)
    papers = models.PositiveIntegerField(_("papers of the last weeks"))
    papers_before = models.PositiveIntegerField(_("papers before"))
    weekly_papers = ArrayField(models.PositiveIntegerField(), verbose_name=_("papers by week"))
    statistic = models.PositiveSmallIntegerField(_("statistic"))
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("report of trends")
        verbose_name_plural = _("reports of trends")
        ordering = ["category", "-week"]
        constraints = [
            models.UniqueConstraint(fields=["category", "week"], name="one_trend_report_a_week")
        ]
        indexes = [models.Index(fields=["week"], name="trend_report_week")]

    def __str__(self) -> str:
        return f"{self.category or '*'} {self.week}"


class Trend(models.Model):
    """One rising term of a report.

    label: how papers write the term. acronym: where they mostly write that. share, share_before:
    of the papers, 0 to 1; the papers before are weighted (see `apps.discovery.trends.statistic`).
    weekly: papers with the term in each week, as `TrendReport.weekly_papers`. examples: keys of
    papers that have it, those with it in the title first.
    """

    report = models.ForeignKey(TrendReport, on_delete=models.CASCADE, related_name="trends")
    rank = models.PositiveSmallIntegerField(_("rank"))
    term = models.TextField(_("term as compared"))
    label = models.TextField(_("term as papers write it"))
    acronym = models.TextField(_("acronym"), blank=True)
    papers = models.PositiveIntegerField(_("papers of the last weeks"))
    share = models.FloatField(_("share of the last weeks"))
    share_before = models.FloatField(_("share before"))
    growth = models.FloatField(_("growth"))
    evidence = models.FloatField(_("log-likelihood ratio"))
    weekly = ArrayField(models.PositiveIntegerField(), verbose_name=_("papers by week"))
    examples = ArrayField(models.BigIntegerField(), verbose_name=_("examples"), default=list)

    class Meta:
        verbose_name = _("rising term")
        verbose_name_plural = _("rising terms")
        ordering = ["report", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["report", "rank"], name="one_trend_per_rank")
        ]

    def __str__(self) -> str:
        return self.label
