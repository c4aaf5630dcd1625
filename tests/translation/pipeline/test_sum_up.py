"""Summaries by a model: used where everything in them is supported, refused otherwise."""

import pytest

from apps.translation.models import SummaryOrigin, Translation
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.sum_up import refusal_reason, sum_up_batch, without_model_summary
from apps.translation.summarisers.base import SummariserUnavailable
from apps.translation.summarisers.openai import OpenAISummariser
from tests.support.acts import edit_summary
from tests.support.builders import NOW
from tests.support.servers.chat import ChatServer
from tests.support.translations import ABSTRACT, GOOD, translated_by

JAPANESE = "".join(GOOD.values())
SUPPORTED = "三つの効果を調べ、第一の効果は5倍大きい。"


class Saying:
    """A summariser that says what it is told to."""

    version = "saying-1"

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[str] = []

    def summarise(self, abstract: str, language: str) -> str:
        """Return the text."""
        self.asked.append(abstract)
        return self.text


@pytest.mark.parametrize(
    ("summary", "reason"),
    [
        pytest.param(SUPPORTED, "", id="supported"),
        pytest.param("第一の効果は8倍大きい。", "abstract: 8", id="another number"),
        pytest.param("BERTの効果を調べる。", "BERT", id="a name from nowhere"),
        pytest.param("三つの効果を調べる", "whole sentences", id="no end"),
        pytest.param("効果。" * 4, "whole sentences", id="four sentences"),
        pytest.param("要約：\n効果を調べる。", "whole sentences", id="more than the summary"),
        pytest.param("", "whole sentences", id="nothing"),
        pytest.param("効果" * 200 + "。", "too long", id="too long"),
    ],
)
def test_only_what_the_abstract_supports_is_used(summary, reason):
    found = refusal_reason(summary, JAPANESE, ABSTRACT)
    assert reason in found
    assert bool(found) == bool(reason)


@pytest.mark.django_db
class TestTheStage:
    @pytest.fixture
    def translation(self) -> Translation:
        found = translated_by(GOOD, abstract=ABSTRACT)
        finish_batch(now=NOW)
        found.refresh_from_db()
        return found

    def test_a_supported_summary_replaces_the_picked_sentences(self, translation):
        assert sum_up_batch(Saying(SUPPORTED), now=NOW) == 1
        translation.refresh_from_db()
        assert translation.summary == SUPPORTED
        assert translation.summary_origin == SummaryOrigin.MODEL
        assert translation.summary_engine == "saying-1"

    def test_an_unsupported_one_leaves_them_and_says_why(self, translation):
        sum_up_batch(Saying("第一の効果は8倍大きい。"), now=NOW)
        before = translation.summary
        translation.refresh_from_db()
        assert translation.summary == before
        assert translation.summary_origin == SummaryOrigin.EXTRACTED
        assert "8" in translation.summary_refusal

    def test_nobody_is_asked_twice_by_the_same_version(self, translation):
        refused = Saying("嘘。")
        refused.text = "嘘は9つ。"
        assert sum_up_batch(refused, now=NOW) == 1
        assert sum_up_batch(refused, now=NOW) == 0
        assert list(without_model_summary("another version")) == [translation]

    def test_an_editors_summary_is_left_alone(self, translation, django_user_model):
        editor = django_user_model.objects.create(username="editor", is_superuser=True)
        edit_summary(translation.pk, "人の要約。", actor=editor, now=NOW)
        assert sum_up_batch(Saying(SUPPORTED), now=NOW) == 0

    def test_an_abstract_that_changed_while_the_model_thought_keeps_its_own_summary(
        self, translation
    ):
        class Slow(Saying):
            def summarise(self, abstract: str, language: str) -> str:
                Translation.objects.update(abstract="別の要旨。", summary="別の要約。")
                return super().summarise(abstract, language)

        sum_up_batch(Slow(SUPPORTED), now=NOW)
        translation.refresh_from_db()
        assert translation.summary == "別の要約。"

    def test_a_server_that_is_away_changes_nothing(self, translation):
        with ChatServer() as server:
            server.refusals = [503] * 10
            away = OpenAISummariser(base_url=server.url, model="small", timeout=2)
            with pytest.raises(SummariserUnavailable):
                sum_up_batch(away, now=NOW)
        assert list(without_model_summary(away.version)) == [translation]


def test_a_server_is_asked_for_a_summary_of_the_abstract():
    with ChatServer() as server:
        server.answer = lambda items: f" {SUPPORTED} "
        model = OpenAISummariser(base_url=server.url, model="small", timeout=5)
        assert model.summarise(JAPANESE, "ja") == SUPPORTED
        assert server.sentences == [JAPANESE]
