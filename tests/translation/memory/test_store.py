"""Suggestions from the memory, and bringing it out and back in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.fuzzy_match import fuzzy_matches, fuzzy_matches_of, match_rate
from apps.translation.memory.store import add_approved
from apps.translation.models import MemoryEntry, Segment
from apps.translation.sketches import BANDS, sketch, trigrams
from tests.support.builders import NOW
from tests.support.memory import NEARLY, SENTENCE, remembered


@pytest.mark.django_db
class TestSuggestions:
    def test_the_likest_sentence_comes_first_with_its_translation(self):
        remembered(NEARLY, SENTENCE, "Galaxies form in dark haloes.")
        first, second = fuzzy_matches(SENTENCE, "en", "ja")
        assert (first.source, first.similarity, first.match_rate) == (SENTENCE, 1.0, 1.0)
        assert first.target == f"「{SENTENCE}」"
        assert second.source == NEARLY
        assert 0.6 <= second.similarity < 1

    def test_of_sentences_of_the_same_trigrams_the_one_in_order_comes_first(self):
        remembered("It holds in 3 of 4 cases.", "It holds in 4 of 3 cases.")
        matches = fuzzy_matches("It holds in 3 of 4 cases.", "en", "ja")
        assert [match.similarity for match in matches] == [1.0, 1.0]
        assert matches[0].source == "It holds in 3 of 4 cases."
        assert matches[0].match_rate > matches[1].match_rate

    def test_a_sentence_that_an_editor_approved_is_suggested(self, django_user_model):
        editor = django_user_model.objects.create(username="editor", is_superuser=True)
        segment = Segment(
            source=NEARLY, source_hash=source_hash(NEARLY), text="訳。", approved_at=NOW
        )
        add_approved(
            [segment], source_language="en", target_language="ja", created_by=editor, now=NOW
        )
        assert [match.target for match in fuzzy_matches(SENTENCE, "en", "ja")] == ["訳。"]

    @pytest.mark.parametrize(
        "asked",
        [
            pytest.param("", id="nothing"),
            pytest.param("...", id="no word"),
            pytest.param("An unlike sentence about galaxies.", id="unlike"),
            pytest.param("a\x00b", id="NUL"),
        ],
    )
    def test_what_is_not_alike_is_not_suggested(self, asked):
        remembered(SENTENCE, "...")
        assert fuzzy_matches(asked, "en", "ja") == []

    def test_other_language_pairs_are_left_out(self):
        remembered(SENTENCE, target="de")
        assert fuzzy_matches(SENTENCE, "en", "ja") == []

    def test_limit_and_least_similarity_are_kept(self):
        remembered(SENTENCE, NEARLY)
        assert len(fuzzy_matches(SENTENCE, "en", "ja", limit=1)) == 1
        assert len(fuzzy_matches(SENTENCE, "en", "ja", at_least=0.999)) == 1

    def test_many_sentences_are_asked_for_at_once(self, django_assert_num_queries):
        remembered(NEARLY, SENTENCE, "Galaxies form in dark haloes.")
        asked = ["Nothing like it.", SENTENCE, "", "Galaxies form in dark haloes.", SENTENCE]
        with django_assert_num_queries(1):
            together = fuzzy_matches_of(asked, "en", "ja")
        assert together == [fuzzy_matches(text, "en", "ja") for text in asked]
        assert [len(matches) for matches in together] == [0, 2, 0, 1, 2]

    @pytest.mark.parametrize("share", [0, -1, 1.1, 60])
    def test_a_share_is_between_0_and_1(self, share):
        with pytest.raises(ValueError, match="share above 0"):
            fuzzy_matches(SENTENCE, "en", "ja", at_least=share)

    @pytest.mark.parametrize(
        "text",
        [SENTENCE, "naïve Schrödinger’s e-mail: x_1, C++ and 3.14%", "αβγ 深層学習 ﬁne", "a"],
    )
    def test_trigrams_are_those_of_the_database(self, text):
        with connection.cursor() as cursor:
            cursor.execute("SELECT show_trgm(%s)", [text])
            (of_database,) = cursor.fetchone()
        # Beyond ASCII the database writes a hash for a trigram: the number is what has to agree.
        assert len(of_database) == len(trigrams(text))
        assert {item for item in of_database if not item.startswith("0x")} == {
            item for item in trigrams(text) if item.isascii()
        }


class TestSketches:
    @given(st.text(max_size=200))
    def test_a_sketch_fits_its_column_and_depends_on_the_words_alone(self, text):
        numbers = sketch(text)
        assert len(numbers) in (0, BANDS)
        assert all(-(2**31) <= number < 2**31 for number in numbers)
        assert sketch(f" {text}. ") == numbers

    def test_sketches_never_change(self):
        """They are stored: whoever changes them has to migrate what is there."""
        assert sketch(SENTENCE)[:3] == [420669077, 580370287, 557542700]

    def test_like_sentences_share_a_number_and_unlike_ones_do_not(self):
        words = SENTENCE.split()
        edited = [" ".join([*words[:at], "quite", *words[at + 1 :]]) for at in range(len(words))]
        assert all(set(sketch(SENTENCE)) & set(sketch(text)) for text in edited)
        assert not set(sketch(SENTENCE)) & set(sketch("Galaxies form in dark haloes."))


@pytest.mark.parametrize(
    ("one", "other", "rate"),
    [
        pytest.param("a b c", "a b c", 1.0, id="the same"),
        pytest.param("a b c d", "a b x d", 0.75, id="one word of four"),
        pytest.param("a b", "b a", 0.5, id="another order"),
        pytest.param("a", "b", 0.0, id="nothing in common"),
    ],
)
def test_the_match_rate_counts_words_in_order(one, other, rate):
    assert match_rate(one, other) == rate


@pytest.mark.django_db
class TestTheCommand:
    def test_an_export_can_be_imported_and_changes_nothing(self, tmp_path):
        remembered("A.", "B <c> & d.")
        path = tmp_path / "out.tmx"
        assert "2 pairs" in self.run("export", path)
        assert "0 new pairs, 2 already there" in self.run("import", path)
        before = list(MemoryEntry.objects.order_by("id").values_list("source", "target", "licence"))
        MemoryEntry.objects.all().delete()
        assert "2 new pairs" in self.run("import", path, "--collection", "b.tmx")
        after = MemoryEntry.objects.order_by("id")
        assert list(after.values_list("source", "target", "licence")) == before
        assert {entry.collection for entry in after} == {"b.tmx"}

    @pytest.mark.parametrize(
        ("options", "count"),
        [
            pytest.param(("--collection", "b.tmx"), 1, id="collection"),
            pytest.param(("--origin", "imported"), 2, id="origin"),
            pytest.param(("--origin", "approved"), 0, id="the other origin"),
            pytest.param(("--target", "de"), 1, id="language"),
        ],
    )
    def test_an_export_can_be_narrowed_down(self, tmp_path, options, count):
        remembered("A.")
        remembered("B.", collection="b.tmx")
        remembered("C.", target="de", collection="c.tmx")
        assert f"{count} pairs" in self.run("export", tmp_path / "out.tmx", *options)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("<tmx><body/></tmx>", "no pair of en and ja", id="no pair"),
            pytest.param("<tmx>", "well-formed", id="cut off"),
        ],
    )
    def test_what_cannot_be_imported_is_said(self, tmp_path, text, message):
        path = tmp_path / "a.tmx"
        path.write_text(text)
        with pytest.raises(CommandError, match=message):
            self.run("import", path)

    def test_a_missing_file_is_said(self, tmp_path):
        with pytest.raises(CommandError, match=r"a\.tmx"):
            self.run("import", tmp_path / "a.tmx")

    def run(self, what: str, path, *options: str) -> str:
        """Run the command and return what it said."""
        out = StringIO()
        call_command("memory", what, str(path), *options, stdout=out)
        return out.getvalue()
