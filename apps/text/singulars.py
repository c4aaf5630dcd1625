"""The singular of an English noun, by rule: good enough to count two forms as one word."""

from apps.text.key_term_words import IRREGULAR, UNCOUNTED

_NO_PLURAL = ("ss", "us", "is", "ous")
_WITH_E = ("sses", "shes", "ches", "xes", "zzes")


def singular(word: str) -> str:
    """Return the singular of `word`, which is in lower case; a word in the singular as it is.

    Two words that differ in number give the same; what comes out need not be a word ("lense").
    """
    known = IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) < 4 or word[-1] != "s" or word.endswith(_NO_PLURAL) or word in UNCOUNTED:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    if word.endswith(_WITH_E):
        return word[:-2]
    return word[:-1]
