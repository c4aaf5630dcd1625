"""Protected spans without TeX: addresses, identifiers, citations, code, bare scripts."""

import re

from apps.text.protection.span_kinds import Kind, Span

_TLD = r"(?:com|org|net|io|edu|gov|ai|dev|app|info|eu|uk|de|fr|jp|ch|it|nl|cn|at|ca|co|me|in)"
_FILE = (
    r"(?:py|ipynb|json|jsonl|csv|tsv|txt|cpp|hpp|cu|h5|hdf5|ya?ml|toml|xml|html?|js|ts|md|tex|pdf"
    r"|png|jpe?g|svg|zip|gz|sh|exe|dll|jar|java|rs|hs|bib|fits|onnx|pth|gguf|safetensors|sql|lean)"
)
_IN_URL = r"(?:[^\s<>{}\"`|\\^$]|\\[_%&#~]|\$\\sim\$|\{?\\~\{?\}?)"
_ARCHIVE = (
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|physics|quant-ph"
    r"|math|cs|q-bio|q-fin|stat|chao-dyn|solv-int|alg-geom|q-alg|dg-ga|funct-an|adap-org|patt-sol"
    r"|cmp-lg|comp-gas|supr-con|acc-phys|ao-sci|atom-ph|bayes-an|chem-ph|mtrl-th|plasm-ph)"
)
_SCRIPT = (
    r"[_^](?:\{[^{}\s]{0,60}\}|\([^()\s]{0,40}\)|\\[A-Za-z]+(?:\{[^{}\s]{0,40}\})?"
    r"|[+-]?[A-Za-z0-9*]++|[+*-])"
)

# The order decides: addresses come before tokens that may be part of them.
_TOKEN = re.compile(
    rf"""
      (?P<url> (?: (?:https?|ftp|git|ssh)://{_IN_URL}++ | (?<!\w)www\.{_IN_URL}++
               | (?<![\w.@])(?:[A-Za-z0-9-]+\.){{1,4}}{_TLD}/{_IN_URL}++ ) )
    | (?P<email> (?<!\w)(?:\{{[\w.,-]+\}}|[\w.+-]++)@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,}} )
    | (?P<arxiv> (?i:arxiv):(?:\d{{4}}\.\d{{4,5}}|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})(?:v\d+)?
               | (?<!\w){_ARCHIVE}(?:\.[A-Z]{{2}})?/\d{{7}}(?:v\d+)?(?!\d) )
    | (?P<doi> (?:(?i:doi):?)?(?<![\d.])10\.\d{{4,9}}/[^\s<>{{}}"$\\]++ )
    | (?P<site> (?<![\w.@-])(?:[A-Za-z0-9-]+\.){{1,3}}(?:com|org|net|io|edu|gov)(?![\w-]) )
    | (?P<file> (?<![\w.])(?:[\w-]+[./])*[\w-]*\.{_FILE}(?![\w-]) )
    | (?P<call> (?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(\) )
    | (?P<path> (?<![\w.])[A-Za-z_]\w+(?:::[A-Za-z_]\w*)+
              | (?<![\w.])[a-z_]\w+(?:\.[a-z_]\w+){{2,}}(?![\w.]*\w@) )
    | (?P<flag> (?<![^\s(\[])--[a-z][a-z0-9]*(?:[-_=][\w.]+)++ )
    | (?P<snake> (?<![\w^{{}}])_{{0,2}}[A-Za-z][A-Za-z0-9]*(?:_+[A-Za-z0-9]+)++_*(?![\w^{{(\\]) )
    | (?P<script> (?:[A-Za-z0-9]++(?:\([A-Za-z0-9,]{{0,12}}\))?(?={_SCRIPT})|(?<!\w)(?=\^|_\{{))
                  (?:(?:{_SCRIPT})++[A-Za-z0-9]{{0,3}}(?=[_^]|(?!\w)|\d))++ )
    """,
    re.VERBOSE,
)
_KINDS = {"url": Kind.URL, "email": Kind.EMAIL, "arxiv": Kind.ARXIV, "doi": Kind.DOI,
          "site": Kind.URL, "script": Kind.MATH}  # fmt: skip
_TRAILING = ".,;:!?'\"”’*…"
_CLOSERS = {")": "(", "]": "["}
_NEW_SENTENCE = re.compile(
    r"[.,;](?=(?:We|The|This|These|In|Our|It|To|For|A|An|Code|Data|Moreover|Finally)$)"
)

_CITATION = re.compile(
    r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*+\]"
    r"|\[[A-Z][A-Za-z+]{0,12}\s?\d{2}(?:\d{2})?[a-z]?"
    r"(?:[,;]\s?[A-Z][A-Za-z+]{0,12}\s?\d{2}(?:\d{2})?[a-z]?)*+\]"
)
_BACKTICKS = re.compile(r"```[^`]+```|(?<!`)`(?![`\s])[^`'\n]{1,80}(?<!\s)`(?!`)")
_MARKUP = re.compile(
    r"<(sub|sup)>[^<>\s]{1,30}</\1>"
    r"|</?(?:i|b|u|em|strong|sub|sup|tt|code|pre|p|br|a|span|div|li|ul|ol|it|bold|italic"
    r"|(?:mml|jats):[a-z-]+)(?:\s[^<>]{0,200})?\s?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")


def token_spans(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of addresses, identifiers, code and bare scripts in text[start:end].

    The range holds no white space. Punctuation after an address is left outside.
    """
    spans = []
    position = start
    while found := _TOKEN.search(text, position, end):
        name = str(found.lastgroup)
        stop = found.end()
        if name in ("url", "doi"):
            stop = _address_end(text, found.start(), stop, end)
        if stop > found.start():
            spans.append(Span(found.start(), stop, _KINDS.get(name, Kind.CODE)))
        position = max(stop, found.start() + 1)
    return spans


def _address_end(text: str, start: int, stop: int, chunk_end: int) -> int:
    """Exclude punctuation after the address, brackets it did not open, and the next sentence."""
    if stop == chunk_end and (glued := _NEW_SENTENCE.search(text, start, stop)):
        stop = glued.start()
    while stop > start:
        last = text[stop - 1]
        opener = _CLOSERS.get(last)
        unopened = opener and text.count(last, start, stop) > text.count(opener, start, stop)
        if last not in _TRAILING and not unopened:
            break
        stop -= 1
    return stop


def citation_span(text: str, start: int) -> Span | None:
    """Return the bracketed citation that opens at `start`, such as [12, 13] or [Kin14]."""
    found = _CITATION.match(text, start)
    return Span(start, found.end(), Kind.CITATION) if found else None


def backtick_span(text: str, start: int) -> Span | None:
    """Return the `code` in backticks that opens at `start`, but not TeX quotes (``word'')."""
    found = _BACKTICKS.match(text, start)
    return Span(start, found.end(), Kind.CODE) if found else None


def markup_span(text: str, start: int) -> Span | None:
    """Return the known HTML or JATS tag, short script or entity that opens at `start`."""
    found = (_ENTITY if text[start] == "&" else _MARKUP).match(text, start)
    return Span(start, found.end(), Kind.MARKUP) if found else None
