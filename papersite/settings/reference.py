"""`python -m papersite.settings.reference`: makes docs/settings.md from the declarations."""

from apps.core.variables import Variable
from papersite.settings.environment import sections
from papersite.settings.values import BASE_DIR

REFERENCE = BASE_DIR / "docs" / "settings.md"
HEAD = """# Settings

Every setting is an environment variable. A blank variable counts as not set. Lists have commas
between their items; switches are `on` or `off`. `python manage.py check` names every variable that
is wrong or misspelt, and the site does not start with one.

This page is made by `python -m papersite.settings.reference`; edit the declarations instead
(`papersite/settings/schema.py`, and each engine's, embedder's and source's own file).
`DJANGO_SETTINGS_MODULE` is `papersite.settings.prod` in production, `papersite.settings.dev`
otherwise.
"""


def reference() -> str:
    """Return the text of docs/settings.md."""
    parts = [HEAD]
    for heading, variables in sections().items():
        rows = [_row(one) for one in variables]
        table = ["| Variable | Values | Default | Meaning |", "|---|---|---|---|", *rows]
        parts.append(f"## {heading}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def _row(one: Variable) -> str:
    default = one.extra("shown") or (f"`{one.default}`" if one.default else "")
    if one.extra("required"):
        default = "required in production"
    elif one.field.is_required():
        default = "not set"
    cells = (f"`{one.name}`", one.accepts, default, one.meaning)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
