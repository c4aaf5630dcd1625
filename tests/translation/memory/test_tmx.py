"""Reading and importing translation memories."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.store import Match, add_approved, exact_matches, import_units
from apps.translation.memory.tmx import BadTmx, MemoryUnit, read_tmx, write_tmx
from apps.translation.models import MemoryEntry, MemoryOrigin, Segment
from tests.support.builders import NOW

UNIT = """<tu><prop type="x-field">title</prop><prop type="x-licence">CC0-1.0</prop>
<tuv xml:lang="en-US"><seg>An <hi>odd</hi> <ph>&lt;br/&gt;</ph>title</seg></tuv>
<tuv xml:lang="ja"><seg>奇妙な題名</seg></tuv></tu>"""


def written(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "memory.tmx"
    path.write_text(f'<?xml version="1.0"?><tmx version="1.4"><body>{body}</body></tmx>')
    return path


def test_a_unit_has_both_texts_and_what_is_said_about_them(tmp_path):
    assert list(read_tmx(written(tmp_path, UNIT), source="en", target="ja")) == [
        MemoryUnit("en", "ja", "An odd title", "奇妙な題名", "title", "CC0-1.0")
    ]


UNITS = st.builds(
    MemoryUnit,
    source_language=st.just("en"),
    target_language=st.just("zh-Hant"),
    source=st.text(min_size=1).filter(str.strip),
    target=st.text(min_size=1).filter(str.strip),
    field=st.sampled_from(["", "title"]),
    licence=st.sampled_from(["", "CC0-1.0"]),
    origin=st.sampled_from(["", "imported", "approved"]),
    collection=st.sampled_from(["", "a & b.tmx"]),
)


@given(units=st.lists(UNITS, max_size=4))
def test_what_is_written_is_read_again_but_for_control_characters(tmp_path_factory, units):
    path = tmp_path_factory.mktemp("memory") / "out.tmx"
    with path.open("wb") as file:
        write_tmx(file, units, source="en")
    expected = [
        replace(unit, source=as_xml(unit.source), target=as_xml(unit.target)) for unit in units
    ]
    readable = [unit for unit in expected if unit.source and unit.target]
    assert list(read_tmx(path, source="en", target="zh-Hant")) == readable


def as_xml(text: str) -> str:
    """Return what XML keeps of a text."""
    kept = (
        letter
        for letter in text
        if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff")
    )
    return "".join(kept).strip()


def test_the_text_in_the_very_language_goes_before_a_variant(tmp_path):
    body = """<tu><tuv xml:lang="en"><seg>A</seg></tuv><tuv xml:lang="zh-CN"><seg>B</seg></tuv>
    <tuv xml:lang="zh-TW"><seg>C</seg></tuv></tu>"""
    (unit,) = read_tmx(written(tmp_path, body), source="en", target="zh-TW")
    assert unit.target == "C"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>', id="one language"),
        pytest.param(UNIT.replace("奇妙な題名", "  "), id="an empty text"),
        pytest.param(UNIT.replace('"ja"', '"ko"'), id="another language"),
    ],
)
def test_units_of_other_pairs_are_passed_over(tmp_path, body):
    assert list(read_tmx(written(tmp_path, body), source="en", target="ja")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "is empty|well-formed", id="empty"),
        pytest.param("<html></html>", "is not a TMX file", id="another format"),
        pytest.param("<tmx><body><tu>", "well-formed", id="cut off"),
        pytest.param("<tmx><body>&b;</body></tmx>", "Entity 'b'", id="unknown entity"),
    ],
)
def test_what_is_no_tmx_is_said(tmp_path, text, message):
    path = tmp_path / "bad.tmx"
    path.write_text(text)
    with pytest.raises(BadTmx, match=message):
        list(read_tmx(path, source="en", target="ja"))


@pytest.mark.django_db
class TestTheMemory:
    def test_importing_twice_adds_nothing(self):
        units = [MemoryUnit("en", "ja", "A.", "あ。"), MemoryUnit("en", "ja", "B.", "い。")]
        assert import_units(units, collection="a.tmx", now=NOW) == 2
        assert import_units(units, collection="a.tmx", now=NOW) == 0

    def test_what_an_editor_approved_wins_over_what_was_imported(self, django_user_model):
        editor = django_user_model.objects.create(username="editor", is_superuser=True)
        segment = Segment(
            source="A.", source_hash=source_hash("A."), text="承認した訳。", approved_at=NOW
        )
        add_approved(
            [segment], source_language="en", target_language="ja", created_by=editor, now=NOW
        )
        import_units([MemoryUnit("en", "ja", "A.", "輸入した訳。")], collection="a.tmx", now=NOW)
        approved = MemoryEntry.objects.get(origin=MemoryOrigin.APPROVED)
        hashed = source_hash("A.")
        assert exact_matches([hashed], "en", "ja") == {hashed: Match(approved.pk, "承認した訳。")}

    def test_machine_text_is_never_remembered(self, django_user_model):
        editor = django_user_model.objects.create(username="editor", is_superuser=True)
        with pytest.raises(ValueError, match="not approved"):
            add_approved(
                [Segment(pk=1, source="A.", text="機械の訳。")],
                source_language="en",
                target_language="ja",
                created_by=editor,
                now=NOW,
            )
        assert not MemoryEntry.objects.exists()
