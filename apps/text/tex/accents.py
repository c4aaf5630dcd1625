"""TeX accents and typewriter punctuation in titles, abstracts and names, as Unicode.

A table of fifteen combining marks with Unicode's composition covers every accented letter. A full
TeX reader would also rewrite commands and math, which later steps need unchanged.
"""

import re
import unicodedata

_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip

# TeX drops the white space after these commands.
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ",
    "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "textquoteleft": "‘", "textquotedblleft": "“",
}  # fmt: skip

# After these too, but here the text after them is usually a separate word.
_SIGNS = {
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "dots": "…",
    "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquotedblright": "”", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "textmu": "µ", "texteuro": "€", "textasciitilde": "∼",
}  # fmt: skip

# `\$` is not here: a bare dollar would open math.
_ESCAPED = {"&": "&", "%": "%", "_": "_", "#": "#", " ": " ", ",": " ", "-": "", "@": ""}

_CLOSING = {r"\(": r"\)", r"\[": r"\]"}


def _names(table: dict[str, str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_ARGUMENT = r"(?:[^\W\d_]|\\[ij](?![A-Za-z]))"

# A token begins at one of these characters, four of which count only before certain others.
# Searching for them first avoids the long alternation; addresses have a separate pattern, because
# letters are slower to find.
_BEGINNING = re.compile(r"[\\$~`'“”{-](?:(?<![`'{-])|(?=[`'\\-]))")
_BEGINNING_OR_ADDRESS = re.compile(rf"{_BEGINNING.pattern}|https?:|ftp:")
_TOKEN = re.compile(
    r"(?P<math>\\\(|\\\[|\\begin\{(?P<environment>[A-Za-z]+\*?)\})"
    r"|(?P<url>(?:https?|ftp)://(?:\\~\{\}|[^\s{}<>$])+)"
    r"|(?P<open>\{)?(?:"
    rf"\\(?P<mark>[`'^~=.\"])(?:(?P<bare>{_ARGUMENT})|\{{\s*(?P<braced>{_ARGUMENT})\s*\}})"
    r"|\\(?P<letter_mark>[uvHrdckb])(?:"
    rf"\s+(?P<spaced>[^\W\d_])|\s*(?P<dotless>\\[ij](?![A-Za-z]))"
    rf"|\s*\{{\s*(?P<inside>{_ARGUMENT})\s*\}})"
    rf"|\\(?P<letter>{_names(_LETTERS)})(?:\{{\}}|(?![A-Za-z])[ \t]*)"
    rf"|\\(?P<sign>{_names(_SIGNS)})(?:\{{\}}|(?![A-Za-z]))"
    r")(?(open)\s*\})"
    r"|(?P<tilde>\\~\{\s*\})"
    r"|\\(?P<escaped>[&%_# ,@-])"
    r"|(?P<unknown>\\(?:[A-Za-z]+\*?|.|\Z))"
    r"|(?P<tie>(?<=[\w.,;:!?)\]}$'’”])~(?=[^\s~]))"
    r"|(?P<dash>(?<![-!<])-{2,}(?![->]))"
    r"|(?P<quote>``|''|“|”)",
    re.DOTALL,
)
_URL_ESCAPE = re.compile(r"\\(~)(?:\{\})?|\\([&%_#])")
_SINGLE_LETTER_BEFORE = re.compile(r"(?:^|[^\w\\])[^\W\d_]$")
_SINGLE_LETTER_AFTER = re.compile(r"[^\W\d_](?![^\W\d_])")


def accents_to_unicode(text: str) -> str:
    r"""Convert TeX's spelling of letters and punctuation to NFC Unicode. Idempotent, never raises.

    Outside math: accents (`\'e`, `\v{s}`, `{\"o}`), special letters (`\ss`, `\L`), escaped signs
    (`\%`, `\&`), ` `` ` and the `''` that closes it, `--` and `---` between words, and `~` where it
    ties two words. Unchanged: math and environments, `\$`, commands other than letters, addresses
    (only their TeX escapes are removed), `~` as "about" (`~10`, `X~N`) or as a range (`5~10`),
    command-line options (`--fast`), arrows and rules.

    Args:
        text: with TeX.

    Returns:
        The text with everything else unchanged.
    """
    while _may_hold_tex(text):
        reading = _one_pass(text)
        if reading == text:
            break
        # An accent on an accented letter, \'{\"u}, needs the inner one first.
        text = reading
    return text


def _may_hold_tex(text: str) -> bool:
    return "\\" in text or "~" in text or "--" in text or "``" in text or "''" in text


def _one_pass(text: str) -> str:
    beginnings = _BEGINNING_OR_ADDRESS if "://" in text else _BEGINNING
    pieces: list[str] = []
    position = looked_until = 0
    open_quotes = 0
    end_of_command = -1
    never_closed: set[str] = set()
    while beginning := beginnings.search(text, max(position, looked_until)):
        start = beginning.start()
        if text[start] == "$":
            # Math in dollars is by far the most frequent token and needs none of the other rules.
            closing = "$$" if text.startswith("$$", start) else "$"
            end = _end_of_math(text, start + len(closing), closing, never_closed)
            pieces.append(text[position:end])
            position = end
            continue
        match = _TOKEN.match(text, start)
        if match is None:
            looked_until = start + 1
            continue
        pieces.append(text[position:start])
        position = match.end()
        token = match.group()
        if match["math"]:
            environment = match["environment"]
            closing = f"\\end{{{environment}}}" if environment else _CLOSING[token]
            end = _end_of_math(text, match.end(), closing, never_closed)
            pieces.append(text[match.start() : end])
            position = end
        elif match["quote"]:
            if token in ("``", "“"):
                open_quotes += 1
                pieces.append("“")
            elif open_quotes or token == "”":
                open_quotes = max(0, open_quotes - 1)
                pieces.append("”")
            else:
                pieces.append(token)
        else:
            reading = _replacement(match, text)
            is_argument = match["open"] and match.start() == end_of_command
            pieces.append(f"{{{reading}}}" if is_argument else reading)
            if match["unknown"]:
                end_of_command = match.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _end_of_math(text: str, begin: int, closing: str, never_closed: set[str]) -> int:
    """Where the math whose content begins at `begin` ends: there, where nothing closes it."""
    if closing in never_closed:
        return begin
    start = begin
    while (found := text.find(closing, start)) >= 0:
        if closing[0] != "$" or text[found - 1] != "\\" or found == begin:
            return found + len(closing)
        start = found + 1
    never_closed.add(closing)
    return begin


def _replacement(match: re.Match[str], text: str) -> str:
    token = match.group()
    if mark := match["mark"] or match["letter_mark"]:
        base = (
            match["bare"]
            or match["braced"]
            or match["spaced"]
            or match["dotless"]
            or match["inside"]
        )
        return unicodedata.normalize("NFC", base.removeprefix("\\") + _MARKS[mark])
    if letter := match["letter"]:
        return _LETTERS[letter]
    if sign := match["sign"]:
        return _SIGNS[sign]
    if (escaped := match["escaped"]) is not None:
        return _ESCAPED[escaped]
    if match["tilde"]:
        return _SIGNS["textasciitilde"]
    if match["url"]:
        return _URL_ESCAPE.sub(lambda escape: escape[1] or escape[2], token)
    if match["tie"]:
        return " " if _ties_words(text, match.start()) else "~"
    if match["dash"]:
        return _dash(token, text, match.start(), match.end())
    return token


def _ties_words(text: str, position: int) -> bool:
    before, after = text[max(0, position - 2) : position], text[position + 1 : position + 3]
    if before[-1].isdigit() and after[0].isdigit():
        return False
    return not (_SINGLE_LETTER_BEFORE.search(before) and _SINGLE_LETTER_AFTER.match(after))


def _dash(token: str, text: str, start: int, end: int) -> str:
    if len(token) > 3:
        return token
    if len(token) == 3:
        return "—"
    follows_space = start == 0 or text[start - 1].isspace()
    looks_like_option = follows_space and end < len(text) and text[end].isalpha()
    return token if looks_like_option else "–"
