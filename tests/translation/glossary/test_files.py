"""Glossaries as CSV and TBX, and the command that reads and writes them."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from apps.translation.glossary.csv_format import read_csv, write_csv
from apps.translation.glossary.entries import BadTerm, TermEntry, validate_entry
from apps.translation.glossary.files import read_glossary, write_glossary
from apps.translation.glossary.service import store_terms
from apps.translation.glossary.tbx import read_tbx
from apps.translation.models import CaseRule, GlossaryTerm, PartOfSpeech
from tests.support.builders import NOW
from tests.translation.glossary.glossary_entries import entry

pytestmark = pytest.mark.usefixtures("english")

WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
# What a person can type: no control characters, lone surrogates or characters without meaning.
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="|"),
    max_size=60,
)


def sound(given: TermEntry) -> TermEntry | None:
    """Return the entry as it would be stored, or None where it would be refused."""
    try:
        return validate_entry(given)
    except BadTerm:
        return None


ENTRIES = st.builds(
    TermEntry,
    source_language=st.just("en"),
    target_language=st.sampled_from(["ja", "zh-Hant"]),
    source=st.lists(WORDS, min_size=1, max_size=3).map("-".join),
    target=TEXT,
    scope=st.sampled_from(["", "cs.*", "cs.CL stat.ML", "hep-th"]),
    part_of_speech=st.sampled_from(["", *PartOfSpeech.values]),
    forbidden=st.lists(TEXT, max_size=3).map(tuple),
    case_rule=st.sampled_from(CaseRule.values),
    note=st.lists(TEXT, max_size=3).map("\n".join),
    licence=st.sampled_from(["", "CC0-1.0", "a=b"]),
)


@pytest.mark.parametrize("name", ["glossary.csv", "glossary.tbx"])
@given(items=st.lists(ENTRIES.map(sound).filter(bool), max_size=5))
def test_what_is_written_is_read_again(name, items):
    for language in ("ja", "zh-Hant"):
        chosen = [item for item in items if item.target_language == language]
        file = BytesIO()
        write_glossary(file, name, chosen, source="en")
        file.seek(0)
        back = [
            validate_entry(item) for item in read_glossary(file, name, source="en", target=language)
        ]
        assert back == chosen


class TestCsv:
    def test_two_columns_are_enough(self):
        assert self.read("target,source\n甲,agent\n\n乙,model\n") == [
            entry("agent", "甲"),
            entry("model", "乙"),
        ]

    def test_all_columns(self):
        text = (
            "source,target,scope,part_of_speech,forbidden,case_rule,note,licence,source_language,"
            'target_language\nagent,甲,cs.*,noun,乙|丙,exact,"a\nb",CC0-1.0,de,fr\n'
        )
        assert self.read(text) == [
            TermEntry(
                "de", "fr", "agent", "甲", "cs.*", "noun", ("乙", "丙"), "exact", "a\nb", "CC0-1.0"
            )
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("", "line 1: .*Missing: source, target", id="empty"),
            pytest.param("source,sorce\n", "Missing: target.*Unknown: sorce", id="misspelt"),
            pytest.param("source,target,source\n", "Twice: source", id="twice"),
            pytest.param("source,target\na,b\nc,d,e\n", "line 3 has 3 cells", id="a bare comma"),
            pytest.param('source,target\na,"b\n', "line 2", id="an open quote"),
            pytest.param('source,target\n"a\nb",c\nd,\n', "line 4: .*both", id="after a long line"),
        ],
    )
    def test_errors_name_the_line(self, text, message):
        with pytest.raises(BadTerm, match=message):
            self.read(text)

    def test_another_encoding_is_said(self):
        file = BytesIO("source,target\nagent,甲\n".encode("shift_jis"))
        with pytest.raises(BadTerm, match="not in UTF-8"):
            list(read_glossary(file, "a.csv", source="en", target="ja"))

    def test_a_signature_at_the_start_is_no_part_of_the_header(self):
        file = BytesIO("source,target\nagent,甲\n".encode("utf-8-sig"))
        (read,) = read_glossary(file, "a.csv", source="en", target="ja")
        assert validate_entry(read) == entry("agent", "甲")

    def test_columns_are_written_with_their_names(self):
        file = StringIO()
        write_csv(file, [entry("agent", "甲", forbidden=("乙", "丙"))])
        assert file.getvalue().splitlines()[1] == "agent,甲,,,乙|丙,any,,,en,ja"

    def read(self, text: str) -> list[TermEntry]:
        """Read and check a CSV."""
        return list(
            map(validate_entry, read_csv(StringIO(text, newline=""), source="en", target="ja"))
        )


TBX_2008 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><descrip type="subjectField">robotics</descrip><note>n</note>
  <langSet xml:lang="en">
    <tig><term>agent</term><termNote type="partOfSpeech">noun</termNote></tig>
    <ntig><termGrp><term>actor</term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
    <tig><term>doer</term>
      <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="JA-jp">
    <tig><term>代理店</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>行為者</term></tig>
    <tig><term>エージェント</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  </langSet>
</termEntry>
<termEntry id="2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""

TBX_2019 = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><!-- a comment -->
<conceptEntry id="1"><min:subjectField>cs.AI</min:subjectField>
  <langSec xml:lang="en"><termSec><term>agent</term>
    <min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
  <langSec xml:lang="ja">
    <termSec><term>代理店</term>
      <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>エージェント</term></termSec>
  </langSec>
</conceptEntry></body></text></tbx>"""


class TestTbx:
    def test_the_dialect_of_2008(self):
        agent = entry(
            "agent",
            "エージェント",
            part_of_speech="noun",
            forbidden=("代理店",),
            note="robotics\nn",
        )
        actor = entry("actor", "エージェント", forbidden=("代理店",), note="robotics\nn")
        assert self.read(TBX_2008) == [agent, actor]

    def test_the_dialect_of_2019_with_elements_for_categories(self):
        assert self.read(TBX_2019) == [
            entry(
                "agent",
                "エージェント",
                scope="cs.AI",
                part_of_speech="noun",
                forbidden=("代理店",),
            )
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("", "empty|well-formed", id="empty"),
            pytest.param("<tmx/>", "not TBX: .*<tmx>", id="another format"),
            pytest.param("<tbx><text>\n<body>", "line 2", id="cut off"),
            pytest.param("<tbx>&b;</tbx>", "Entity 'b'", id="unknown entity"),
        ],
    )
    def test_what_is_no_tbx_is_said(self, text, message):
        with pytest.raises(BadTerm, match=message):
            self.read(text)

    def test_a_wrong_term_is_named_with_its_line(self):
        text = TBX_2019.replace("<term>agent</term>", "<term>U.S.</term>")
        with pytest.raises(BadTerm, match=r"line 5: “U\.S\.” could not be found"):
            self.read(text)

    def read(self, text: str) -> list[TermEntry]:
        """Read and check a TBX."""
        return list(map(validate_entry, read_tbx(BytesIO(text.encode()), source="en", target="ja")))


@pytest.mark.django_db
class TestTheCommand:
    @pytest.mark.parametrize("name", ["out.csv", "out.tbx"])
    def test_an_export_can_be_imported_and_changes_nothing(self, tmp_path, name):
        given = [entry("agent", "甲", forbidden=("乙",)), entry("model", "丙", scope="cs.*")]
        store_terms(given, origin="a.csv", now=NOW)
        path = tmp_path / name
        assert "2 terms" in self.run("export", path)
        assert "0 added, 0 changed, 2 unchanged" in self.run("import", path)
        GlossaryTerm.objects.all().delete()
        assert "2 added" in self.run("import", path)
        assert GlossaryTerm.objects.get(source="agent").origin == name

    def test_only_the_terms_of_one_file_can_be_exported(self, tmp_path):
        store_terms([entry("agent")], origin="a.csv", now=NOW)
        store_terms([entry("model")], origin="b.csv", now=NOW)
        assert "1 terms" in self.run("export", tmp_path / "out.csv", "--origin", "b.csv")

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            pytest.param("a.csv", "source,target\nagent,\n", r"a\.csv: line 2", id="a wrong line"),
            pytest.param("a.xls", "", "neither .csv nor .tbx", id="another format"),
        ],
    )
    def test_what_cannot_be_imported_is_said(self, tmp_path, name, text, message):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(CommandError, match=message):
            self.run("import", path)

    def test_a_missing_file_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="No such file"):
            self.run("import", tmp_path / "a.csv")

    def test_an_export_in_an_unknown_format_leaves_no_file(self, tmp_path):
        with pytest.raises(CommandError, match="neither"):
            self.run("export", tmp_path / "a.xls")
        assert not (tmp_path / "a.xls").exists()

    def run(self, what: str, path: Path, *options: str) -> str:
        """Run the command and return what it said."""
        out = StringIO()
        call_command("glossary", what, str(path), *options, stdout=out)
        return out.getvalue()
