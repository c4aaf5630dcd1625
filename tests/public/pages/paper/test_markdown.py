"""A paper as Markdown has the content of its page; text of papers is never markup."""

from datetime import UTC, datetime

import pytest
from markdown_it import MarkdownIt

from apps.translation.models import SegmentOrigin
from tests.support.factories import publish_paper
from tests.support.reading.hostile import TITLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

TEXTS = {
    "Counting Sheep": "羊を数える",
    "We count sheep.": "羊を数えた。",
    "It takes 3 dogs.": "犬が3匹要る。",
}


def document_at(client, address="/papers/2405.10999.md") -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/markdown; charset=utf-8")
    return response.content.decode()


def tokens_of(text: str) -> list:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    return [child for token in reader.parse(text) for child in token.children or [token]]


@pytest.mark.parametrize("identifier", ["2405.10999", "hep-th/9901001"])
def test_the_document_has_the_content_of_the_page(client, notices, identifier):
    other = publish_paper(
        arxiv_id="2404.00009", title="Goats", submitted_at=datetime(2024, 4, 2, tzinfo=UTC)
    )
    publish_paper(
        arxiv_id=identifier,
        title="Counting Sheep",
        abstract="We count sheep. It takes 3 dogs.",
        texts=TEXTS,
        origin=SegmentOrigin.MACHINE,
        engine="openai",
        engine_version="some-model@0a1b",
        related=[other],
        licence_url="http://creativecommons.org/licenses/by/4.0/",
    )
    text = document_at(client, f"/papers/{identifier}.md")
    assert text.startswith("# 羊を数える\n")
    for said in (
        "Counting Sheep",
        "Ada Example",
        f"(<https://arxiv.org/abs/{identifier}v1>)",
        "機械翻訳・未校閲",
        "機械翻訳（openai some-model）による訳文です。",
        "CC BY 4.0",
        "1. 羊を数えた。\n   - We count sheep.\n   - *機械翻訳（openai some-model）*",
        "2. 犬が3匹要る。\n   - It takes 3 dogs.",
        "/ 100",
        "(<https://arxiv.org/abs/2404.00009v1>)",
        "/papers/2404.00009/>)",
    ):
        assert said in text, said
    for key in ("disclaimer", "machine", "related", "score"):
        assert f"> {notices[key, 'ja'].splitlines()[0][:20]}" in text


def test_it_is_in_the_language_of_the_interface(client):
    publish_paper(arxiv_id="2405.10999")
    assert "**Authors**: Ada Example" in document_at(client, "/en/papers/2405.10999.md")


def test_without_abstract_score_and_related_papers_it_says_so(client):
    publish_paper(arxiv_id="2405.10999", abstract="", scored=False, authors=[])
    text = document_at(client)
    assert "arXivにこの論文の要旨がありません。" in text
    assert "スコアはまだ算出されていません。" in text
    assert "関連論文はまだ見つかっていません。" in text


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_hostile_text_stays_text(client, title):
    title += " [x](https://evil.example) <b> ![y](https://evil.example/y.png)"
    other = publish_paper(title=title, texts={title: f"訳 {title}"})
    publish_paper(
        arxiv_id="2405.10999",
        title=title,
        abstract=title,
        doi=title,
        authors=[{"name": title}],
        texts={title: f"訳 {title}"},
        related=[other],
    )
    tokens = tokens_of(document_at(client))
    assert not {"html_inline", "html_block", "image"} & {token.type for token in tokens}
    for token in tokens:
        if token.type == "link_open":
            assert token.attrs["href"].startswith(("http://127.0.0.1", "https://arxiv.org/abs/"))


def test_what_is_not_published_has_no_document(client):
    translation = publish_paper(arxiv_id="2405.10999")
    type(translation).objects.filter(pk=translation.pk).update(status="held")
    assert client.get("/papers/2405.10999.md").status_code == 404
