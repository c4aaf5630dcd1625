"""Titles with markup and script."""

TITLES = {
    "script": "<script>alert(1)</script> & co",
    "attribute": '"><img src=x onerror=alert(1)>',
    "link": '<a href="javascript:alert(1)">here</a> javascript:alert(2)',
    "broken TeX": r"On $\frac{1}{ and \begin{matrix} $x_{$ {{{ }",
    "script in TeX": r"$\text{<script>alert(1)</script>}$ and $x<y$",
    "href in TeX": r"\href{javascript:alert(1)}{click} \url{data:text/html,1}",
    "right to left": "\u202eevil\u202c \u2067isolate \u200f",
    "one endless word": "A" * 2000,
    "template": "{{ 7|add:7 }} {% load x %}",
    "control characters": "bell\x07 vertical\x0b tab\ttab",
}
