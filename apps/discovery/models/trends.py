"""Terms of papers, and reports of rising terms."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class PaperTerms(models.Model):
    """The key terms of a paper's current text, from which alone trends are counted.

    `terms` begins with the `title_terms` terms of the title. `week` is the Monday (UTC) of the
    week of submission. A withdrawn paper has no row.
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
    """A week of submission: its number of changes, and the number its trends include.

    `changes` counts every added, changed or withdrawn paper; it only grows. The other columns are
    null until the trends of the week are computed.
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
    """The rising terms of one category ("" for all) in the weeks up to `week`.

    `weekly_papers` has the number of papers of each week, oldest first.
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

    label: how papers write the term. acronym: its acronym, if papers explain one. share,
    share_before: of the papers, 0 to 1; earlier papers are weighted (see
    `apps.discovery.trends.statistic`). weekly: papers with the term in each week. examples: keys
    of papers with the term, those with it in the title first.
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
