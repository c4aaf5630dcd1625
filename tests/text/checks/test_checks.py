"""Precision and recall of the checks on labelled pairs, and rules for all checks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.text.checks import ALL_CHECKS, Check, Finding, Pair, Severity, Term, run_checks
from tests.text.labelled_pairs import labelled_pairs, score

# (precision, recall) of the checks when last changed, where not (1.0, 1.0).
REACHED = {
    "placeholders": (1.0, 0.95),
    "length": (1.0, 0.95),
    "negation": (1.0, 0.72),
    "list_markers": (1.0, 0.95),
    "brackets": (1.0, 0.95),
}
by_name = pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.name)


@by_name
def test_has_at_least_twenty_right_and_twenty_wrong_pairs(check: Check) -> None:
    result = score(check, labelled_pairs(check.name))
    assert result.right >= 20
    assert result.wrong >= 20


@by_name
def test_precision_and_recall_do_not_fall(check: Check) -> None:
    precision, recall = REACHED.get(check.name, (1.0, 1.0))
    result = score(check, labelled_pairs(check.name))
    assert result.precision >= precision
    assert result.recall >= recall


@by_name
def test_messages_say_what_to_do_in_both_languages(check: Check) -> None:
    findings = [f for one in labelled_pairs(check.name) for f in check.run(one.pair)]
    assert findings
    for finding in findings:
        assert finding.check == check.name
        assert finding.message_ja.endswith("。")
        assert finding.message_en.endswith(".")


@by_name
@settings(deadline=None)
@given(source=st.text(max_size=200), target=st.text(max_size=200), title=st.booleans())
def test_findings_of_any_text_lie_inside_the_target(
    check: Check, source: str, target: str, title: bool
) -> None:
    pair = Pair(source, target, field="title" if title else "abstract")
    for finding in check.run(pair):
        assert 0 <= finding.start <= finding.end <= len(target)


def test_check_names_are_unique() -> None:
    assert len({check.name for check in ALL_CHECKS}) == len(ALL_CHECKS)


def test_findings_are_sorted_by_severity_and_place() -> None:
    @dataclass(frozen=True)
    class Fixed:
        name: str
        severity: Severity
        places: tuple[int, ...]

        def run(self, pair: Pair) -> list[Finding]:
            return [Finding(self.name, self.severity, at, at + 1, "。", ".") for at in self.places]

    checks = [
        Fixed("style", Severity.NOTICE, (0,)),
        Fixed("length", Severity.WARNING, (5, 2)),
        Fixed("numbers", Severity.BLOCKING, (7,)),
    ]
    found = run_checks(Pair("a", "b" * 10), checks)
    assert [(f.check, f.start) for f in found] == [
        ("numbers", 7),
        ("length", 2),
        ("length", 5),
        ("style", 0),
    ]


def test_names_the_number_that_changed() -> None:
    [finding] = run_checks(Pair("It has 12 layers.", "それは21層からなる。"))
    assert finding.severity is Severity.BLOCKING
    assert "それは21層からなる。"[finding.start : finding.end] == "21"
    assert "「12」が「21」" in finding.message_ja
    assert "12 has become 21" in finding.message_en


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("a factor of 10^" + "9" * 5000, "10^" + "9" * 5000 + "倍", id="huge exponent"),
        pytest.param("9" * 5000 + " million", "9" * 5000 + "万", id="huge number"),
        pytest.param("1e99999 units", "1e99999単位", id="beyond floating point"),
        pytest.param("", "", id="empty"),
        pytest.param("word", "\x00\u202e\ud800", id="control characters"),
    ],
)
def test_survives(source: str, target: str) -> None:
    assert isinstance(run_checks(Pair(source, target)), list)


@pytest.mark.parametrize(
    ("source", "target", "terms", "check"),
    [
        pytest.param(
            "We aim at LLM-based active learning.", "LSMに基づく能動学習を目指す。", (), "acronyms",
            id="LLM became LSM",
        ),
        pytest.param(
            "We study off-policy learning.", "オフ政治学習を研究する。",
            (Term("off-policy", "方策オフ型", ("オフ政治",)),), "terms",
            id="off-policy became politics",
        ),
        pytest.param(
            "We use prompt engineering.", "素早い工学を用いる。",
            (Term("prompt engineering", "プロンプトエンジニアリング", ("素早い工学",)),), "terms",
            id="prompt became quick",
        ),
        pytest.param(
            "It is used to generate data.", "データの生成に使われています。", (), "style",
            id="polite style",
        ),
        pytest.param(
            "We show a method.", "本研究では,手法を示す。", (), "punctuation", id="half-width comma"
        ),
    ],
)  # fmt: skip
def test_past_failures_of_machine_translation_are_found(
    source: str, target: str, terms: tuple[Term, ...], check: str
) -> None:
    assert check in {finding.check for finding in run_checks(Pair(source, target, terms=terms))}
