"""Citations: of the paper on arXiv, never of its translation, and readable for their readers."""

import json
import re
from datetime import UTC, datetime

import pytest

from apps.papers.models import Paper
from apps.public.pages.citations.bibtex import bibtex, reference
from apps.public.pages.citations.csl import csl_item
from apps.public.pages.citations.ris import ris
from tests.support.factories import publish_paper


def paper(**fields) -> Paper:
    defaults = {
        "arxiv_id": "hep-th/9901001",
        "source_format": "arXivRaw",
        "title": "The Sheep of\n  Étretat",
        "abstract": "We count\nsheep.",
        "authors": [{"name": "Zoë van der Berg", "keyname": "van der Berg"}],
        "categories": ["hep-th"],
        "primary_category": "hep-th",
        "submitted_at": datetime(1999, 1, 1, tzinfo=UTC),
    }
    return Paper(**(defaults | fields))


def signed(*names: str) -> Paper:
    return paper(authors=[{"name": name} for name in names])


PEOPLE = [
    pytest.param(
        "Zoë van der Berg",
        "van der Berg, Zoë",
        "van der Berg, Zoë",
        {"family": "van der Berg", "given": "Zoë"},
        id="particles",
    ),
    pytest.param(
        "Vincent Van Gogh",
        "Van Gogh, Vincent",
        "Van Gogh, Vincent",
        {"family": "Van Gogh", "given": "Vincent"},
        id="capital particle",
    ),
    pytest.param(
        "Ada Example Jr.",
        "Example, Jr., Ada",
        "Example, Ada, Jr.",
        {"family": "Example", "given": "Ada", "suffix": "Jr."},
        id="suffix",
    ),
    pytest.param("Aristotle", "Aristotle", "Aristotle", {"literal": "Aristotle"}, id="one name"),
    pytest.param(
        "CMS Collaboration",
        "{CMS Collaboration}",
        "CMS Collaboration",
        {"literal": "CMS Collaboration"},
        id="collaboration",
    ),
    pytest.param(
        "RBC and UKQCD Collaborations",
        "{RBC and UKQCD Collaborations}",
        "RBC and UKQCD Collaborations",
        {"literal": "RBC and UKQCD Collaborations"},
        id="two collaborations",
    ),
]


def ris_fields(text: str) -> list[tuple[str, str]]:
    """Read a RIS record by its rules; every line has to obey them."""
    assert text.endswith("\r\n")
    fields = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        assert "\n" not in line
        fields.append((match[1], match[2]))
    assert fields[0][0] == "TY"
    assert [tag for tag, _ in fields].index("ER") == len(fields) - 1
    return fields


def test_a_bibtex_entry_points_to_arxiv():
    assert bibtex(paper(doi="10.1000/1 10.1000/2")) == (
        "@misc{vanderberg1999sheep,\n"
        "  title         = {{The Sheep of Étretat}},\n"
        "  author        = {van der Berg, Zoë},\n"
        "  year          = {1999},\n"
        "  eprint        = {hep-th/9901001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass  = {hep-th},\n"
        "  doi           = {10.1000/1},\n"
        "  url           = {https://arxiv.org/abs/hep-th/9901001}\n"
        "}"
    )


@pytest.mark.parametrize("title", ["a } b", "a { b", "}{", "{{x}", "$\\frac{a}{b$"])
def test_unbalanced_braces_do_not_swallow_the_bibliography(title):
    entry = bibtex(paper(title=title))
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("The {DNA} of Sheep", "The {DNA} of Sheep", id="balanced braces stay"),
        pytest.param("Q&A: 50% of C# in a_b", r"Q\&A: 50\% of C\# in a\_b", id="signs of TeX"),
        pytest.param(r"Q\&A of $a_b & c$", r"Q\&A of $a_b & c$", id="escaped ones and math stay"),
        pytest.param("It costs $5", r"It costs \$5", id="a dollar that is none of TeX"),
    ],
)
def test_a_title_is_one_that_tex_can_set(title, written):
    assert f"{{{{{written}}}}}" in bibtex(paper(title=title))


def test_a_paper_without_authors_still_has_a_key():
    assert bibtex(paper(authors=[], title="")).startswith("@misc{arxiv1999,")


@pytest.mark.parametrize(("name", "in_bibtex", "in_ris", "in_csl"), PEOPLE)
def test_names_are_written_as_each_form_has_them(name, in_bibtex, in_ris, in_csl):
    one = signed(name)
    assert f"  author        = {{{in_bibtex}}},\n" in bibtex(one)
    assert ("AU", in_ris) in ris_fields(ris(one))
    assert csl_item(one)["author"] == [in_csl]


def test_stored_parts_of_a_name_are_believed():
    stored = {"name": "Wei Wang", "keyname": "Wei", "forenames": "Wang", "suffix": ""}
    assert csl_item(paper(authors=[stored]))["author"] == [{"family": "Wei", "given": "Wang"}]


def test_a_ris_record_obeys_the_rules_of_lines():
    text = ris(paper(title="A\r\nER  - \nTY  - JOUR", doi="10.1000/1"))
    fields = dict(ris_fields(text))
    assert fields["TY"] == "RPRT"
    assert fields["TI"] == "A ER - TY - JOUR"
    assert fields["AN"] == "arXiv:hep-th/9901001"
    assert fields["PB"] == "arXiv"
    assert fields["PY"] == "1999"
    assert fields["DA"] == "1999/01/01"
    assert fields["DO"] == "10.1000/1"
    assert fields["UR"] == "https://arxiv.org/abs/hep-th/9901001"
    assert fields["AB"] == "We count sheep."


CSL_FIELDS = {
    "id": str, "type": str, "title": str, "author": list, "issued": dict, "abstract": str,
    "archive": str, "archive_location": str, "publisher": str, "number": str, "DOI": str,
    "URL": str, "language": str,
}  # fmt: skip
"""Fields of the CSL 1.0.2 data schema, which forbids what it does not name."""


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"doi": "10.1000/1"}, id="with a DOI"),
        pytest.param({}, id="without"),
        pytest.param({"authors": [], "abstract": "", "categories": []}, id="bare"),
    ],
)
def test_a_csl_item_is_an_article_of_the_archive(fields):
    item = csl_item(paper(**fields))
    assert {name: type(value) for name, value in item.items()}.items() <= CSL_FIELDS.items()
    assert item["type"] == "article"
    assert item["title"] == "The Sheep of Étretat"
    assert item["archive"] == item["publisher"] == "arXiv"
    assert item["number"] == "arXiv:hep-th/9901001"
    assert item["issued"] == {"date-parts": [[1999, 1, 1]]}
    assert item.get("DOI") == fields.get("doi")
    for name in item.get("author", []):
        assert set(name) <= {"family", "given", "suffix", "literal"}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param([], "The Sheep of Étretat. arXiv:", id="nobody"),
        pytest.param(["Ada Example", "Bo Sample"], "Ada Example, Bo Sample: The", id="two"),
        pytest.param([f"A{n}" for n in range(300)], "A8, A9 et al.: The", id="three hundred"),
    ],
)
def test_a_reference_can_be_read(names, said):
    line = reference(signed(*names))
    assert said in line
    assert line.endswith("arXiv:hep-th/9901001 [hep-th], 1999.")


FILES = {
    "bib": ("application/x-bibtex; charset=utf-8", "@misc{"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "TY  - RPRT"),
    "json": ("application/vnd.citationstyles.csl+json; charset=utf-8", "[\n"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("identifier", ["2405.10999", "hep-th/9901001"])
def test_a_citation_is_a_file_named_after_the_paper(client, identifier, ending):
    publish_paper(arxiv_id=identifier, title="Counting Sheep", texts={"Counting Sheep": "羊"})
    response = client.get(f"/papers/{identifier}/cite.{ending}")
    media_type, beginning = FILES[ending]
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    name = f"arXiv-{identifier.replace('/', '-')}.{ending}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    text = response.content.decode()
    assert text.startswith(beginning)
    assert "Counting Sheep" in text
    assert "羊" not in text
    if ending == "json":
        assert json.loads(text)[0]["URL"] == f"https://arxiv.org/abs/{identifier}"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FILES)
def test_files_are_at_one_address_and_of_published_papers_only(client, ending):
    translation = publish_paper(arxiv_id="2405.10999")
    other = client.get(f"/papers/arXiv:2405.10999v2/cite.{ending}")
    assert (other.status_code, other["Location"]) == (301, f"/papers/2405.10999/cite.{ending}")
    assert client.get(f"/papers/sheep/cite.{ending}").status_code == 404
    type(translation).objects.filter(pk=translation.pk).update(status="unpublished")
    assert client.get(f"/papers/2405.10999/cite.{ending}").status_code == 404
