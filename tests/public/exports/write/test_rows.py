"""What the rows of an export say: everything public with its provenance, and nothing else."""

import gzip
import hashlib
import json
import subprocess
from datetime import datetime

import jsonschema
import pytest
from lxml import etree
from pyarrow import parquet

from apps.papers.models import Paper
from apps.public.catalogue.licensing import licence_rules
from apps.public.exports.schema import json_schema, repeated_columns
from apps.public.site.labels import badges_of
from apps.translation.models import MemoryEntry, Segment, SegmentOrigin, Translation
from apps.translation.status import PUBLIC, TranslationStatus
from tests.public.exports import varied_site as site
from tests.public.exports.reading import lines_of, manifest_of, part_of, rows_of
from tests.support.builders import NOW, build_paper
from tests.support.factories import SENTENCE, TITLE, publish_paper, ready_translation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


@pytest.fixture
def export(make, settings):
    """A full export of the varied site."""
    settings.TARGET_LANGUAGES = ["ja", "ko"]
    site.build()
    return make()


def test_every_line_fits_the_schema_of_the_manifest(export):
    schemas = manifest_of(export)["schemas"]
    for kind in ("papers", "translations"):
        assert schemas[kind] == json_schema(kind)
        validator = jsonschema.Draft202012Validator(
            schemas[kind], format_checker=jsonschema.FormatChecker()
        )
        lines = lines_of(export, kind)
        assert len(lines) > 5
        for line in lines:
            validator.validate(line)


def test_the_database_and_the_rules_say_the_same_of_every_sentence(make, settings):
    settings.ENGINE_LICENCES = {"bergamot:base": "Apache-2.0", "bergamot": "CC-BY-SA-4.0"}
    for number, (engine, version) in enumerate(
        [("bergamot", "base@1"), ("bergamot", "tiny@1"), ("another", ""), ("", "")], start=1
    ):
        publish_paper(
            arxiv_id=f"2602.0100{number}",
            origin=SegmentOrigin.MACHINE,
            engine=engine,
            engine_version=version,
        )
    site.build()
    rules = licence_rules()
    by_rule = {
        (
            each.translation.paper.arxiv_id,
            each.translation.language,
            each.field,
            each.position,
        ): rules.of_sentence(each)
        for each in Segment.objects.select_related("memory_entry", "translation__paper")
    }
    by_database = {
        (row["arxiv_id"], row["language"], each["field"], each["position"]): each["licence"]
        for row in lines_of(make(), "translations")[1:]
        for each in row["segments"]
    }
    assert len(set(by_database.values())) >= 4
    assert by_database == {place: by_rule[place] for place in by_database}


def test_parquet_has_the_same_rows_as_jsonl(export):
    for kind in ("papers", "translations"):
        file = parquet.ParquetFile(export / f"{kind}.parquet")
        about, *lines = lines_of(export, kind)
        assert json.loads(file.schema_arrow.metadata[b"papersite"]) == about
        assert [plain(row) for row in file.read().to_pylist()] == [plain(row) for row in lines]
        chunks = [file.metadata.row_group(0).column(n) for n in range(file.metadata.num_columns)]
        assert {chunk.compression for chunk in chunks} == {"ZSTD"}
        dictionaries = {chunk.path_in_schema for chunk in chunks if chunk.has_dictionary_page}
        assert dictionaries == set(repeated_columns(kind))


def plain(value):
    """A row of either format in one form: moments by value, columns that are empty left out."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in sorted(value.items()) if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).isoformat() if "T" in value else value
        except ValueError:
            return value
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_checksums_are_what_sha256sum_reads(export):
    said = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=export, capture_output=True, text=True
    )
    assert (said.returncode, said.stdout.count(": OK")) == (0, 8)
    for part in manifest_of(export)["parts"]:
        content = (export / part["name"]).read_bytes()
        assert part["bytes"] == len(content)
        assert part["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_paper_comes_with_its_versions_and_the_texts_that_were_replaced(export):
    rows = rows_of(export, "papers")
    assert set(rows) == set(Paper.objects.values_list("arxiv_id", flat=True))
    reviewed = rows[site.REVIEWED]
    assert [(each["number"], bool(each["title"])) for each in reviewed["versions"]] == [
        (1, True),
        (2, False),
    ]
    assert reviewed["authors"][0]["keyname"] == "García"
    assert rows[site.WITHDRAWN]["withdrawn_at"] is not None
    assert rows[site.STALE]["abstract"].endswith("A fourth.")


@pytest.mark.parametrize(
    ("paper", "badges"),
    [
        (site.REVIEWED, ["reviewed"]),
        (site.WITHDRAWN, ["withdrawn", "stale", "machine"]),
        (site.STALE, ["stale", "machine"]),
        (site.MIXED, ["machine"]),
        (site.FROM_MEMORY, ["memory"]),
    ],
)
def test_badges_are_those_of_the_pages(export, paper, badges):
    translation = Translation.objects.select_related("paper").get(
        paper__arxiv_id=paper, language="ja", status__in=PUBLIC
    )
    origins = set(translation.segments.values_list("origin", flat=True))
    shown = badges_of(translation, origins)
    assert rows_of(export, "translations")[paper]["badges"] == badges
    assert [badge.code for badge in shown] == badges


def test_each_sentence_has_its_origin(export):
    row = rows_of(export, "translations")[site.MIXED]
    title, *rest = row["segments"]
    assert (title["field"], title["origin"], title["engine"]) == ("title", "person", "")
    assert title["licence"] == "CC0-1.0"
    assert title["approved_at"] is not None
    assert {(each["engine"], each["engine_version"], each["licence"]) for each in rest} == {
        ("bergamot", "base@1f", "CC-BY-SA-4.0")
    }
    assert row["licences"] == ["CC-BY-SA-4.0", "CC0-1.0"]
    assert row["summary"] == "人の手による要約。"
    remembered = rows_of(export, "translations")[site.FROM_MEMORY]
    assert "CC-BY-4.0" in remembered["licences"]


def test_no_name_of_an_editor_is_in_any_file(make, django_user_model):
    site.build()
    django_user_model.objects.update(username="zaphod", email="zaphod@example.org")
    export = make()
    for file in export.iterdir():
        content = file.read_bytes()
        assert b"zaphod" not in (gzip.decompress(content) if file.suffix == ".gz" else content)


def test_the_notices_are_in_every_file(export, notices):
    texts = {notices[key, code] for key in ("disclaimer", "machine") for code in ("ja", "en")}
    for kind in ("papers", "translations"):
        assert {notice["text"] for notice in lines_of(export, kind)[0]["notices"]} == texts
    for name in ("memory.en-ja.tmx", "glossary.en-ja.tbx"):
        said = " ".join(etree.fromstring((export / name).read_bytes()).itertext())
        assert all(text in said for text in texts)
    assert all(text in (export / "README.txt").read_text() for text in texts)


def test_the_manifest_states_the_origins_of_the_texts(export):
    made_by = part_of(export, "translations.jsonl.gz")["made_by"]
    found = {(made["origin"], made["engine"], made["model"], made["licence"]) for made in made_by}
    assert ("machine", "bergamot", "base", "CC-BY-SA-4.0") in found
    assert ("person", "", "", "CC0-1.0") in found
    assert ("memory", "memory", "", "CC-BY-4.0") in found


@pytest.mark.parametrize("status", TranslationStatus.values)
def test_only_what_is_public_leaves_the_site(make, status):
    translation = publish_paper(reviewed=True)
    Translation.objects.filter(pk=translation.pk).update(status=status)
    export = make()
    assert len(rows_of(export, "translations")) == (status in PUBLIC)
    memory = (export / "memory.en-ja.tmx").read_text()
    assert (TITLE in memory or SENTENCE in memory) == (status in PUBLIC)
    assert MemoryEntry.objects.exists()


def test_what_was_never_published_is_in_no_file(make):
    ready_translation(build_paper())
    export = make()
    assert len(rows_of(export, "papers")) == 1
    assert lines_of(export, "translations")[1:] == []


@pytest.mark.parametrize("licence", ["no", "proprietary"])
def test_text_that_may_not_be_passed_on_is_left_out_and_counted(make, settings, licence):
    settings.ENGINE_LICENCES = {"deepl": licence}
    publish_paper(arxiv_id="2602.00001", origin=SegmentOrigin.MACHINE, engine="bergamot")
    kept_back = publish_paper(arxiv_id="2602.00002", reviewed=True, **site.MACHINE)
    Segment.objects.filter(translation=kept_back, field="abstract").update(engine="deepl")
    MemoryEntry.objects.filter(source=kept_back.segments.last().source).update(created_at=NOW)
    export = make()
    assert list(rows_of(export, "translations")) == ["2602.00001"]
    (withheld,) = part_of(export, "translations.parquet")["withheld"]
    assert (withheld["engine"], withheld["translations"]) == ("deepl", 1)
    memory = part_of(export, "memory.en-ja.tmx")
    assert memory["rows"] == 1
    assert memory["withheld"][0]["entries"] == 3


def test_imports_that_may_not_be_passed_on_stay_with_what_they_were_used_for(make, settings):
    site.build()
    settings.UNSHARED_LICENCES = ["cc-by-4.0"]
    export = make()
    assert site.FROM_MEMORY not in rows_of(export, "translations")
    assert site.REMEMBERED not in (export / "memory.en-ja.tmx").read_text()


def test_rows_are_in_the_order_of_the_site_and_the_same_each_time(make):
    site.build()
    first, second = make(), make()
    for name in ("papers.jsonl.gz", "translations.jsonl.gz", "translations.parquet"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    order = list(Paper.objects.order_by("pk").values_list("arxiv_id", flat=True))
    assert list(rows_of(first, "papers")) == order
