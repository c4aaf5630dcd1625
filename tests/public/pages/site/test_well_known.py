"""robots.txt and llms.txt: what programs ask every site for."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from markdown_it import MarkdownIt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


@pytest.fixture
def rules(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/", True),
        ("/papers/2405.10999/", True),
        ("/en/papers/hep-th/9901001/", True),
        ("/papers/2405.10999.md", True),
        ("/feeds/latest.atom", True),
        ("/admin/", False),
        ("/search/?q=sheep", False),
    ],
)
def test_crawlers_may_read_pages_but_not_the_desk(rules, address, allowed):
    assert rules.can_fetch("AnyBot", address) == allowed


def test_forms_and_searches_in_any_language_are_closed(client, settings):
    settings.SITE_URL = "https://papers.example.org"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /*/sentences/" in lines
    assert "Disallow: /*/search/?" in lines
    assert lines[-1] == "Sitemap: https://papers.example.org/sitemap.xml"


def test_crawlers_are_asked_to_be_calm(rules):
    assert rules.crawl_delay("AnyBot") == 1


def test_llms_txt_has_the_form_of_llmstxt_org(client, settings):
    settings.SITE_URL = "https://papers.example.org"
    settings.SITE_NAME = "sheep <b>[x](y)"
    response = client.get("/llms.txt", headers={"Accept-Language": "en"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    tokens = MarkdownIt("commonmark", {"html": True}).parse(response.content.decode())
    kinds = [(token.type, token.tag) for token in tokens if token.level == 0]
    headings = [tag for kind, tag in kinds if kind == "heading_open"]
    assert headings == ["h1", "h2", "h2", "h2"]
    assert kinds[0] == ("heading_open", "h1")
    assert kinds[2][0] == "blockquote_open"
    second = kinds.index(("heading_open", "h2"))
    assert all(kind != "bullet_list_open" for kind, _tag in kinds[:second])
    for token in tokens:
        if token.type == "inline" and token.level == 3:
            assert re.match(r"\[[^\]]+\]\(https://papers\.example\.org/[^)]*\)", token.content)
    assert not [token for token in tokens if token.type == "html_block"]


def test_every_link_of_llms_txt_leads_somewhere(client):
    text = client.get("/llms.txt").content.decode()
    paths = re.findall(r"\]\(http://127\.0\.0\.1:8000(/[^)]*)\)", text)
    assert len(paths) == 13
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
