r"""Sentence splitting of scientific English."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.text.protection.spans import find_spans
from apps.text.sentences.splitter import Sentence, split_sentences


def texts_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


# " | " marks where a sentence must end and the next begin.
SPACED = {
    "plain": "We train a model. | It works well.",
    "question_and_exclamation": "Can it learn? | It can! | We show how.",
    "et_al_before_verb": "Baker et al. proposed a bound. | We improve it.",
    "et_al_before_year": "Following Baker et al. (2019), we prune the tree.",
    "et_al_before_citation": "The method of Baker et al. [12] is slow. | Ours is fast.",
    "et_al_at_the_end": "This extends the work of Baker et al. | We also treat the open case.",
    "eg_and_ie": "Some tasks, e.g. Parsing, are hard, i.e. NP-hard. | Others are easy.",
    "figure_and_equation": "As Fig. 3 and Eq. (2) show, the error falls. | See Sec. 4.",
    "vs_cf_resp": "We compare A vs. B (cf. Theorem 2), resp. C vs. D. | A wins.",
    "approx": "It takes approx. 30 minutes. | That is short.",
    "doctor_and_saint": "Dr. Rossi worked at St. Andrews. | She measured both.",
    "initials": "This was shown by J. R. Smith and A. Weil. | We give a new proof.",
    "glued_initials": "The theorem of H.N. Howard is sharp. | We prove it again.",
    "initial_before_particle": "We follow R. van der Berg. | His scheme is stable.",
    "journal": "It appeared in Phys. Rev. Lett. 12 last year. | Nobody noticed.",
    "decimal": "The loss is 0.5 at best. | It was 1.25 before.",
    "version": "We release v1.2 of the tool. | Version v1.3 follows.",
    "roman_list": "We (i) define a loss, (ii) train on it, and (iii) test. | It helps.",
    "numbered_list": "There are two steps: 1) Encode the graph. 2) Decode it."
    .replace(". 2)", ". | 2)"),
    "list_after_colon": "Our contributions are: (1) A new dataset, (2) A new loss; and (3) Code.",
    "sentence_after_list": "We add (i) speed and (ii) care. | Codes are public. | Models too.",
    "lettered_list": "We study a) Speed, b) Memory and c) Cost. | All matter.",
    "inline_math": "Let $x. Y$ be a pair. | Then $f(x)=1$.",
    "math_begins_sentence": "The map is smooth. | $X$ is compact.",
    "math_ends_sentence": "We bound it by $n^2$. | This is tight.",
    "full_stop_in_math": "We show that $a \\le b.$ | The converse fails.",
    "display_math": "We solve $$ x = y. Z $$ for all y. | It is easy.",
    "display_math_with_stop": "It satisfies $$f(x) \\le 2.$$ | This is sharp.",
    "bracket_math": "We get \\[ a. B = c \\] in the end. | It holds.",
    "environment": "So \\begin{equation} a = b. C \\end{equation} holds. | We use it.",
    "environment_with_stop": "So \\begin{align} a &= b. \\end{align} | We use it.",
    "factorial": "There are $d!$ orders. | We try all.",
    "url": "Code is at https://example.org/a.b/C.html. | We invite use.",
    "url_in_brackets": "Code (https://example.org/x.Y) is public. | Try it.",
    "email": "Write to jane.doe@example.org. | We answer.",
    "file_name": "Run main.py first. | Then read README.md.",
    "ellipsis_inside": "We count 1, 2, ... and so on. | It ends.",
    "ellipsis_at_the_end": "It goes on and on... | We stop here.",
    "dots_of_a_sequence": "Take variables x_1, ... x_n in order. | Sum them.",
    "quote_after_period": 'They call it "the wall." | We climb it.',
    "tex_quote_after_period": "They call it ``the wall.'' | We climb it.",
    "bracket_after_period": "It is known. (We give a proof.) | It is short."
    .replace("known. (", "known. | ("),
    "two_sentences_in_brackets": "A mesh (it is coarse. It is regular) is used. | It fits.",
    "species": "We grow E. coli and S. aureus in broth. | Both survive.",
    "species_in_command": "We grow \\emph{E. coli} in broth. | It survives.",
    "gene_begins_sentence": "It binds DNA. | p53 is then active.",
    "camel_case_begins_sentence": "We use it. | mRNA levels fell.",
    "letter_name_ends_sentence": "It releases NF-kappa B. | Mutations in the gene matter.",
    "unit_ends_sentence": "It was heated for 6 h. | Samples were then dried.",
    "percent": "It gains 3.5%. | Memory falls by 20%.",
    "letter_variable_ends_sentence": "We fix the number k. | In this paper we learn it.",
    "country": "Rules differ in the U.S. | We compare them.",
    "country_inside": "The U.S. Senate voted. | It passed.",
    "etc_inside": "We use trees, graphs, etc. as input. | It works.",
    "etc_at_the_end": "We use trees, graphs, etc. | Results are good.",
    "labels": "Context. | Rain is rare. | Methods. | We count drops.",
    "numbered_heading": "1. Introduction to rings. | 2. Rings with unit.",
    "emphasis": "\\textbf{We win.} | The rest is easy.",
    "price": "It costs $5 million. | Others cost $6 million.",
    "full_width": "新機構を提案する。 | 実験で示す。",
    "no_end": "An abstract that just stops",
    "lower_case_continues": "See the note (p. 5) and no. 7 of the list. | It is old.",
}  # fmt: skip


@pytest.mark.parametrize("marked", SPACED.values(), ids=SPACED.keys())
def test_a_sentence_ends_where_it_should(marked: str) -> None:
    assert texts_of(marked.replace(" | ", " ")) == marked.split(" | ")


# Here the space after the period is missing.
GLUED = {
    "word": "We compare both models.|We find no difference.",
    "in_this_paper": "This remains hard.|In this paper, we solve it.",
    "question": "Is it safe?|We say yes.",
    "after_bracket": "It is fast (see the appendix).|Our code is public.",
    "after_math": "We bound it by $n^2$.|This is tight.",
    "after_number": "It costs 1,000.|That is a lot.",
    "acronym": "We propose the framework (TPF).|TPF aims at speed.",
    "title": "Hello there.|Dr. Jones spoke.",
    "url_then_sentence": "See https://example.org/code.|We thank all.",
    "full_width": "新機構を提案する。|実験で示す。",
    "not_a_module_path": "We call numpy.linalg.norm and std::vector often.",
    "not_a_product": "Node.js and ASP.NET are used.",
    "not_a_degree": "She holds a Ph.D. in physics.",
}  # fmt: skip


@pytest.mark.parametrize("marked", GLUED.values(), ids=GLUED.keys())
def test_a_missing_space_hides_no_sentence_end(marked: str) -> None:
    assert texts_of(marked.replace("|", "")) == marked.split("|")


def test_paragraphs_are_numbered_and_a_line_end_ends_a_sentence() -> None:
    found = split_sentences("Background\nWe count. We add.\n\n  Results follow")
    assert [(s.text, s.paragraph) for s in found] == [
        ("Background", 0),
        ("We count.", 1),
        ("We add.", 1),
        ("Results follow", 2),
    ]


HARD_WRAPPED = (
    "Long abstracts on the server are wrapped at a fixed width, as Baker et al.\n"
    "found, and their sentences run over the ends of lines. A second sentence of\n"
    "this kind follows here.\n"
    "  A line that is indented begins a paragraph."
)


def test_a_hard_wrap_does_not_end_a_paragraph() -> None:
    found = split_sentences(HARD_WRAPPED)
    assert [s.paragraph for s in found] == [0, 0, 1]
    assert " ".join(found[1].text.split()) == "A second sentence of this kind follows here."


def test_a_line_end_inside_math_does_not_end_a_paragraph() -> None:
    assert len(texts_of("We have $$ a = b.\nC = d $$ for all a.")) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "\n \t\n", "\u3000"], ids=["empty", "space", "lines", "wide"]
)  # fmt: skip
def test_blank_text_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


@pytest.mark.parametrize(
    "text", ["Withdrawn", "a\x00b. C\x07d.", "\u202eWe go. We see.", "$", "\\", "{" * 50],
    ids=["one_word", "control", "right_to_left", "dollar", "backslash", "braces"],
)  # fmt: skip
def test_odd_text_keeps_every_character(text: str) -> None:
    assert "".join("".join(texts_of(text)).split()) == "".join(text.split())


def test_a_sentence_has_its_offsets() -> None:
    assert split_sentences("  One. Two. ")[1] == Sentence("Two.", 7, 11, 0)


WORDS = st.sampled_from(
    ["We", "show", "et al.", "e.g.", "Fig.", "3.5", "E. coli", "$x. Y$", "$", "$$ a. B $$", "(i)",
     "1)", "(", ")", "[12]", "\\emph{a. B", "}", "https://a.org/b.C", "U.S.", "...", "models.We",
     "\\begin{equation} a. B \\end{equation}", "k", "kappa B", "6 h", ".", "?", "!", '"', "''",
     "\n", "\n\n", "  ", "\x00", "\u3000", "。", "😀", "é", "p53", "etc."]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join),
    st.text(alphabet="aAbB.?!$\\{}[]()<>\"' \n1"),
)  # fmt: skip


@given(TEXTS)
@example("A. B.\r\nC.")
def test_sentences_cover_the_text_in_order(text: str) -> None:
    position = paragraph = 0
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= position
        assert text[position : sentence.start].strip() == ""
        assert sentence.paragraph >= paragraph
        position, paragraph = sentence.end, sentence.paragraph
    assert text[position:].strip() == ""


@given(TEXTS)
def test_no_protected_span_is_cut(text: str) -> None:
    starts = {sentence.start for sentence in split_sentences(text)}
    for span in find_spans(text):
        assert not starts.intersection(range(span.start + 1, span.end))


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_splitting_a_sentence_again_changes_nothing_within_a_line(text: str) -> None:
    one_line = " ".join(text.split())
    again = [part for sentence in split_sentences(one_line) for part in texts_of(sentence.text)]
    assert "".join("".join(again).split()) == "".join(one_line.split())
