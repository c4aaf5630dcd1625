"""Restoring: nothing is written that is not whole, and nothing that people did later is lost."""

import gzip
import hashlib
import json
import shutil
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.papers.models import Paper, PaperVersion
from apps.papers.store.service import store_records
from apps.public.exports.restore.reader import exports_at
from apps.public.exports.restore.restore import restore
from apps.review.models import ListedDay
from apps.translation.glossary.service import save_term, store_terms
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    MemoryOrigin,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.pipeline.open import open_translations
from tests.public.exports import varied_site as site
from tests.public.exports.emptying import empty_the_site
from tests.support.acts import edit_segments, publish, unpublish
from tests.support.builders import NOW
from tests.support.factories import editor, publish_paper
from tests.support.sample_records import raw
from tests.translation.glossary.glossary_entries import entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


def moment() -> object:
    return timezone.now()


def japanese(arxiv_id: str) -> Translation:
    return Translation.objects.get(paper__arxiv_id=arxiv_id, language="ja")


def take(*folders) -> dict[tuple[str, str], int]:
    """Restore and return the counts that are not zero."""
    return {key: n for key, n in restore(exports_at(folders), timezone.now).counts.items() if n}


@pytest.fixture
def dump(make):
    """An export of the varied site."""
    site.build()
    return make()


def test_an_emptied_site_has_everything_again(dump):
    empty_the_site()
    take(dump)
    reviewed = japanese(site.REVIEWED)
    assert (reviewed.status, reviewed.published_at) == ("reviewed", NOW)
    segments = reviewed.segments.all()
    assert {(each.approved_at, each.approved_by_id) for each in segments} == {(NOW, None)}
    assert {each.state for each in segments} == {SegmentState.DONE}
    assert reviewed.paper.versions.get(number=1).title.endswith("version 1")
    assert japanese(site.STALE).is_stale
    assert not japanese(site.REVIEWED).is_stale
    assert Paper.objects.get(arxiv_id=site.WITHDRAWN).is_withdrawn
    assert not Translation.objects.filter(paper__arxiv_id=site.UNPUBLISHED).exists()
    assert japanese(site.MIXED).summary_origin == "person"
    remembered = Segment.objects.get(source=site.REMEMBERED, translation__language="ja")
    assert remembered.memory_entry == MemoryEntry.objects.get(source=site.REMEMBERED)
    assert MemoryEntry.objects.filter(origin=MemoryOrigin.APPROVED).count() > 1
    assert GlossaryTerm.objects.get(source="graph").forbidden == ["図"]
    assert ListedDay.objects.get(language="ja", category="").papers == 4


def test_machines_go_on_with_what_is_missing(dump):
    empty_the_site()
    take(dump)
    keys = list(Paper.objects.values_list("pk", flat=True))
    assert open_translations(keys, "ja", now=timezone.now()) == 3
    assert japanese(site.REVIEWED).status == "reviewed"


def test_an_interrupted_restore_is_run_again(dump, monkeypatch):
    empty_the_site()
    monkeypatch.setattr("apps.public.exports.restore.restore.PAPERS_AT_ONCE", 2)

    def stop(restored, kind):
        if restored.counts["papers", "added"] >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(exports_at([dump]), timezone.now, on_batch=stop)
    assert Paper.objects.count() == 4
    counts = take(dump)
    assert (counts["papers", "unchanged"], counts["papers", "added"]) == (4, 3)


@pytest.mark.parametrize("is_newer", [True, False], ids=["newer", "older"])
def test_what_an_editor_wrote_here_later_stays(dump, is_newer):
    when = NOW + timedelta(days=1) if is_newer else NOW - timedelta(days=1)
    translation = japanese(site.STALE)
    sentence = translation.segments.get(field="title")
    edit_segments(translation.pk, {sentence.pk: "後の訳"}, actor=editor(), now=when)
    counts = take(dump)
    sentence.refresh_from_db()
    assert (sentence.text == "後の訳") == is_newer
    assert counts["translations", "kept" if is_newer else "changed"] == 1


def test_what_was_taken_down_here_later_stays_down(dump):
    unpublish(japanese(site.STALE).pk, actor=editor(), reason="", now=NOW + timedelta(days=1))
    take(dump)
    assert japanese(site.STALE).status == "unpublished"


def test_a_review_there_replaces_what_a_machine_made_here_meanwhile(dump):
    translation = japanese(site.REVIEWED)
    texts = list(translation.segments.order_by("pk").values_list("text", flat=True))
    empty_the_site()
    store_records([raw(2)], now=NOW)
    machine = publish_paper(paper=Paper.objects.get(), origin=SegmentOrigin.MACHINE, engine="x")
    Translation.objects.filter(pk=machine.pk).update(updated_at=timezone.now())
    Segment.objects.update(text="機械。")
    take(dump)
    machine.refresh_from_db()
    assert machine.status == "reviewed"
    assert list(machine.segments.order_by("pk").values_list("text", flat=True)) == texts


def test_a_newer_version_here_is_not_replaced(dump):
    store_records([raw(5)], now=NOW)
    take(dump)
    paper = Paper.objects.get(arxiv_id=site.REVIEWED)
    assert (paper.latest_version, paper.title[-1]) == (5, "5")
    assert paper.versions.count() == 5


def test_texts_of_earlier_versions_are_filled_in(dump):
    PaperVersion.objects.filter(number=1).update(title="", abstract="")
    take(dump)
    assert PaperVersion.objects.get(paper__arxiv_id=site.REVIEWED, number=1).title != ""


def test_terms_that_a_person_changed_here_stay(dump):
    term = GlossaryTerm.objects.get(source="sheep")
    save_term(entry("sheep", "ひつじ"), term=term, actor=editor(), now=timezone.now())
    store_terms([entry("graph", "別", scope="cs.*")], origin="b", now=timezone.now())
    counts = take(dump)
    assert GlossaryTerm.objects.get(source="sheep").target == "ひつじ"
    assert GlossaryTerm.objects.get(source="graph").target == "グラフ"
    assert (counts["glossary", "kept"], counts["glossary", "changed"]) == (1, 1)


def test_increments_are_applied_in_their_order_whatever_the_order_given(dump, make):
    machine = japanese(site.STALE)
    unpublish(machine.pk, actor=None, reason="", now=timezone.now())
    first = make("increment")
    publish(machine.pk, actor=None, reviewed=False, now=timezone.now())
    unpublish(japanese(site.MIXED).pk, actor=None, reason="", now=timezone.now())
    second = make("increment")
    empty_the_site()
    take(second, dump, first)
    assert japanese(site.STALE).status == "published"
    assert japanese(site.MIXED).status == "unpublished"
    assert ListedDay.objects.get(language="ja", category="").papers == 3
    again = take(first, dump, second)
    assert {outcome for _kind, outcome in again} == {"unchanged", "kept"}


def test_a_folder_of_exports_gives_the_latest_and_what_follows(make, folder, dump):
    full, later = make(), make("increment")
    assert [found.name for found in exports_at([folder])] == [full.name, later.name]


def test_a_missing_increment_is_noticed(dump, make):
    missing, last = make("increment"), make("increment")
    shutil.rmtree(missing)
    with pytest.raises(CommandError, match=f"Fetch {missing.name} too"):
        call_command("restore", str(dump), str(last))


def rewrite(export, name: str, content: bytes) -> None:
    """Change a file and let the manifest say that it is right."""
    (export / name).write_bytes(content)
    manifest = json.loads((export / "manifest.json").read_text())
    for part in manifest["parts"]:
        if part["name"] == name:
            part["bytes"] = len(content)
            part["sha256"] = hashlib.sha256(content).hexdigest()
    (export / "manifest.json").write_text(json.dumps(manifest))


def cut(export):
    content = (export / "papers.jsonl.gz").read_bytes()
    (export / "papers.jsonl.gz").write_bytes(content[:-20])


def cut_and_signed(export):
    rewrite(export, "papers.jsonl.gz", (export / "papers.jsonl.gz").read_bytes()[:-20])


def changed(export):
    content = bytearray((export / "translations.jsonl.gz").read_bytes())
    content[-9] ^= 1
    (export / "translations.jsonl.gz").write_bytes(bytes(content))


def without_a_file(export):
    (export / "memory.en-ja.tmx").unlink()


def with_manifest(**fields):
    def change(export):
        manifest = json.loads((export / "manifest.json").read_text())
        (export / "manifest.json").write_text(json.dumps(manifest | fields))

    return change


def with_line(name: str, number: int, **fields):
    def change(export):
        lines = gzip.decompress((export / name).read_bytes()).splitlines()
        lines[number - 1] = json.dumps(json.loads(lines[number - 1]) | fields).encode()
        rewrite(export, name, gzip.compress(b"\n".join(lines) + b"\n"))

    return change


def with_broken_line(export):
    lines = gzip.decompress((export / "papers.jsonl.gz").read_bytes()).splitlines()
    lines[2] = b'{"record": "paper", '
    rewrite(export, "papers.jsonl.gz", gzip.compress(b"\n".join(lines) + b"\n"))


def without_a_line(export):
    lines = gzip.decompress((export / "papers.jsonl.gz").read_bytes()).splitlines()
    rewrite(export, "papers.jsonl.gz", gzip.compress(b"\n".join(lines[:-1]) + b"\n"))


def broken_manifest(export):
    (export / "manifest.json").write_text("{")


PAPERS, TRANSLATIONS = "papers.jsonl.gz", "translations.jsonl.gz"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, "papers.jsonl.gz has .* bytes instead of .*: it was cut or changed"),
        (cut_and_signed, "papers.jsonl.gz ends or breaks after line"),
        (changed, "translations.jsonl.gz has the SHA-256 .* Fetch it again"),
        (without_a_file, "memory.en-ja.tmx is missing"),
        (with_manifest(format_version=9), "format version 9; this papersite reads version 1"),
        (with_manifest(format="other"), "not the manifest of a papersite export"),
        (with_manifest(parts=[{"name": "x"}]), "a part lacks bytes, kind, rows, sha256"),
        (with_line(PAPERS, 4, title="a\0b"), "lines 2 to 8: the database refuses"),
        (with_line(TRANSLATIONS, 4, language="x" * 13), "lines 2 to 7: the database refuses"),
        (with_manifest(until="soon"), "manifest.json: Invalid isoformat string"),
        (broken_manifest, "manifest.json is not valid JSON"),
        (with_broken_line, "papers.jsonl.gz, line 3 is not valid JSON"),
        (without_a_line, "papers.jsonl.gz has 6 rows instead of 7"),
        (with_line(PAPERS, 4, source_format="x"), "line 4: source_format is 'x', which is none of"),
        (with_line(PAPERS, 4, title=5), "line 4: title must be a text"),
        (with_line(PAPERS, 4, authors={}), "line 4: authors must be a list"),
        (with_line(PAPERS, 4, versions=[{"number": True}]), "line 4: versions.number must be a w"),
        (with_line(PAPERS, 2, arxiv_id="1v2"), "line 2: .*1v2"),
        (with_line(PAPERS, 2, datestamp="today"), "line 2: Invalid isoformat string: 'today'"),
        (with_line(PAPERS, 2, submitted_at="2025-02-03"), "line 2: .* has no offset from UTC"),
        (with_line(PAPERS, 1, record="x"), "line 1: the first line must be about the file"),
        (with_line(TRANSLATIONS, 3, status="held"), "line 3: status is 'held', which is none of"),
        (with_line(TRANSLATIONS, 3, arxiv_id="2511.11111"), "line 3: There is no paper 2511.11111"),
        (with_line(TRANSLATIONS, 2, segments=[{}]), "line 2: segments.field is missing"),
        (with_line(TRANSLATIONS, 2, record="deleted"), "line 2: deleted_at is missing"),
    ],
)
def test_a_spoiled_export_is_refused_with_its_place(dump, spoil, said):
    spoil(dump)
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(dump))


@pytest.mark.parametrize("spoil", [cut, changed, without_a_file, broken_manifest])
def test_nothing_is_written_before_all_files_are_checked(dump, spoil):
    spoil(dump)
    empty_the_site()
    with pytest.raises(CommandError):
        call_command("restore", str(dump))
    assert not Paper.objects.exists()


def test_a_folder_without_export_is_named(tmp_path):
    with pytest.raises(CommandError, match="contains no export"):
        call_command("restore", str(tmp_path))
    with pytest.raises(CommandError, match=r"There is no .*nowhere"):
        call_command("restore", str(tmp_path / "nowhere"))


def test_queries_of_a_batch_do_not_grow_with_it(make, django_assert_max_num_queries):
    for _number in range(12):
        publish_paper(scored=False, reviewed=True)
    export = make()
    empty_the_site()
    with django_assert_max_num_queries(70):
        take(export)


def test_the_command_names_the_next_steps(dump, capsys):
    empty_the_site()
    call_command("restore", str(dump))
    said = capsys.readouterr().out
    assert "papers: 7 added" in said
    assert "manage.py pipeline --all --wait" in said
