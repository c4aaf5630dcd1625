"""When a record says that its paper is withdrawn, and when it only uses the word."""

import pytest

from apps.papers.store.withdrawals import is_withdrawal

STATEMENTS = {
    "plain": "This paper has been withdrawn by the author due to a crucial error in Lemma 2.",
    "authors in parentheses": "This paper has been withdrawn by the author(s), see version 1.",
    "without a verb": "Paper withdrawn by the authors.",
    "one word": "Withdrawn",
    "one word with an agent": "Withdrawn by first author.",
    "in capitals": "14 pages, no figures. WITHDRAWN by the author",
    "by the administrators": "This version withdrawn by arXiv administrators because of a dispute.",
    "of a submission": "This submission was withdrawn because of an unresolved dispute.",
    "temporarily": "This paper has been temporarily withdrawn by the author(s),",
    "present tense": "This paper is withdrawn. We found a mistake in Lemma 4.1",
    "being": "Workshop paper, see arXiv. This paper is being withdrawn due to a mistake.",
    "retracted": "Retracted temporarily to fix some things.",
    "abstract too": "This paper and abstract have been withdrawn.",
    "of another name": "The manuscript has been withdrawn; a better one will follow.",
    "in parentheses": "6 pages. (Paper is being withdrawn: the conclusion is incorrect.)",
    "after a semicolon": "21 pages, 15 figures ; This paper has been withdrawn by the author.",
    "run together": "12 pages, 3 figures This paper has been withdrawn by the author",
    "said of the authors": "The authors have withdrawn this article [arXiv admin].",
    "over two lines": "This paper has been\n  withdrawn by the author.",
    "this version of the paper": "This version of the paper has been withdrawn due to an error.",
    "withdrawn from arXiv": "This paper has been withdrawn from arXiv by its authors.",
    "before the old abstract": "This paper has been withdrawn. We prove that trees are graphs.",
}

NO_STATEMENTS = {
    "a drug": "We follow patients after the drug was withdrawn from the market in 2004.",
    "patients": "Twelve subjects withdrew; those withdrawn were older than the others.",
    "a claim": "Certain speculations of the original paper have been withdrawn.",
    "an earlier version": "A previous version of this paper has been withdrawn; this one is right.",
    "another paper": "It retrieves the correct parts of the withdrawn paper arXiv:math/0607470.",
    "papers as data": "Using papers withdrawn from arXiv, we train a detector of flaws.",
    "retractions as data": "A benchmark with 13,160 retracted articles and 53,411 controls.",
    "a film": "the box office below which a movie is withdrawn from a cinema",
    "a conference": "This paper was withdrawn from the conference and sent to a journal.",
    "a journal": "10 pages, submitted to a journal, however later withdrawn to correct it",
    "a withdrawal of cash": "Withdrawal of deposits is modelled as a mean-field game.",
    "an adjective": "Clients are cooperative, dependent, withdrawn and adversarial.",
    "not withdrawn": "This paper has not been withdrawn.",
    "a phonetic term": "The inventory has retracted schwa and nasalised vowels.",
    "nothing": "",
    "a rule": "When a report is withdrawn, its descendants have to be computed again.",
}


@pytest.mark.parametrize("text", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_statement_of_withdrawal_counts_in_abstract_and_comments(text):
    assert is_withdrawal(text, "")
    assert is_withdrawal("We prove that trees are graphs.", text)


@pytest.mark.parametrize("text", NO_STATEMENTS.values(), ids=NO_STATEMENTS.keys())
def test_the_mere_word_does_not_count(text):
    assert not is_withdrawal(text, "")
    assert not is_withdrawal("We prove that trees are graphs.", text)
