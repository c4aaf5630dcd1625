"""Abbreviations of scientific English, whose period does not always end a sentence."""

import re

_NEVER_LAST = frozenset(
    """
    e.g i.e cf viz vs ca approx resp Fig Figs fig figs Eq Eqs eq eqs Eqn Eqns eqn Sec Secs Sect sec
    sect Ref Refs ref refs Tab Thm Lem Prop Cor Def Defs Ex Rem Chap App Alg No Nos no nos Vol vol
    pp Dr Drs Mr Mrs Ms Prof Profs St Mt Gen Sen Rep Gov Capt Lt Col Sgt Rev Hon Phys Lett Math Ann
    Proc Trans J Acad Sci Nucl Astrophys Astron Mon Biol Chem Biochem Mol Comm Commun Med Soc Appl
    Proc Amer Natl Univ Dept Inst ed eds Eds esp incl excl N° w.r.t w.l.o.g a.k.a s.t s.th
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
_SOMETIMES_LAST = frozenset(
    """
    al Inc Ltd Co Corp Jr Sr Bros U.S U.K U.N E.U U.S.A D.C Ph.D M.D B.Sc M.Sc a.m p.m A.M P.M
    a.s a.e a.a.s i.i.d p.d.f c.d.f r.m.s r.h.s l.h.s r.v d.o.f s.d S.D s.e S.E N.B I.I.D
    spp sp var subsp et.al
""".split()  # noqa: SIM905
)

_STARTERS = (
    r"(?:The|This|These|Those|That|There|Their|They|Then|Thus|Therefore|Through|Though|To|We|Our|"
    r"In|It|Its|Is|If|An?|As|At|And|All|Also|Although|Among|Another|Any|Are|Additionally|After|"
    r"Applying|Based|Because|Both|But|By|Can|Compared|Consequently|Contrary|Currently|Despite|"
    r"Did|Do|Does|Due|During|Each|Either|Even|Every|Existing|Experiments|Extensive|Finally|First|"
    r"Firstly|Following|For|From|Furthermore|Given|Has|Have|He|Hence|Her|Here|His|How|However|"
    r"Instead|Interestingly|Is|Large|Many|Meanwhile|Moreover|Most|Motivated|Mr|My|Namely|"
    r"Nevertheless|New|No|Nonetheless|Not|Note|Notably|Now|On|One|Only|Or|Other|Otherwise|Over|"
    r"Previous|Recent|Recently|Results|Second|Secondly|Several|She|Similarly|Simulations|Since|So|"
    r"Some|Specifically|Subsequently|Such|Third|Two|Under|Unfortunately|Unlike|Until|Using|Was|"
    r"Were|What|When|Where|Whereas|Whether|Which|While|Who|Why|Will|With|Within|Without|Yet|You|"
    r"Your)(?![\w-])"
)
STARTS_SENTENCE = re.compile(_STARTERS)
"""A word that is capitalised only at the beginning of a sentence."""


_CAPITAL = re.compile(r"[A-Z][a-z]*\s")
_AFTER_PERIOD = re.compile(r"""["'”’)\]]*(?:\s+|\Z)""")
_WORD = re.compile(r"[\w.°]+\Z")
_NUMBER_AHEAD = re.compile(r"\s?\d")
_BEFORE_NUMBER = frozenset(["p", "c", "ch", "q", "art", "col", "para"])
_MORE_OF_A_NAME = re.compile(
    r"-?[A-Z]\.|\s[A-Z]\.\s?(?:[A-Z]|et\b)|\s(?:de|del|della|den|der|van|von)\b"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_SURNAME = re.compile(r"\s+(?=[A-Z][a-z])")
_LONGEST_WORD = 24


def _word_before(text: str, period: int) -> str:
    word = _WORD.search(text[max(0, period - _LONGEST_WORD) : period])
    return word[0] if word else ""


def keeps_period(text: str, period: int) -> bool:
    """Whether the period at this offset belongs to an abbreviation and does not end a sentence."""
    word = _word_before(text, period)
    last = word.rpartition(".")[2]
    if word in _NEVER_LAST or last in _NEVER_LAST:
        return period + 1 < len(text)
    if word in _SOMETIMES_LAST or last == "al":
        after = _AFTER_PERIOD.match(text, period + 1)
        if after is None:
            return True
        return after.end() < len(text) and not STARTS_SENTENCE.match(text, after.end())
    if len(last) == 1 and last.isupper():
        if _INITIALS.fullmatch(word) and (surname := _SURNAME.match(text, period + 1)):
            return not STARTS_SENTENCE.match(text, surname.end())
        return _MORE_OF_A_NAME.match(text, period + 1) is not None
    return last in _BEFORE_NUMBER and _NUMBER_AHEAD.match(text, period + 1) is not None


def ends_after_abbreviation(text: str, period: int, following: int) -> bool:
    """Whether an abbreviation ends a sentence, because a new one clearly begins at `following`."""
    word = _word_before(text, period)
    if word == "etc":
        return _CAPITAL.match(text, following) is not None
    return word in _SOMETIMES_LAST and STARTS_SENTENCE.match(text, following) is not None
