"""Lists the benchmarks and runs one: `python -m benchmarks [NAME [options]]`."""

import argparse
import ast
import importlib
import shlex
import sys
import tempfile
from pathlib import Path

from benchmarks.scaffold.environment import Missing, prepare, redis_server

FOLDER = Path(__file__).resolve().parent
NO_BENCHMARKS = ("scaffold", "sites")
CACHE = Path.home() / ".cache" / "papersite" / "benchmarks"


def benchmarks() -> dict[str, Path]:
    """Return the file of each benchmark by its name: every module of a room is one."""
    return {
        path.stem: path
        for path in sorted(FOLDER.glob("*/*.py"))
        if path.parent.name not in NO_BENCHMARKS and path.stem != "__init__"
    }


def main(arguments: list[str]) -> int:
    """Run what the command line asks for; return the exit status."""
    known = benchmarks()
    if not arguments or arguments[0] in ("-h", "--help"):
        for name, path in known.items():
            summary = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]
            print(f"{name:18} {summary}")
        return 0
    name, *rest = arguments
    if name not in known:
        print(f"There is no benchmark {name}. Choose one of: {', '.join(known)}.", file=sys.stderr)
        return 2
    with redis_server():
        prepare()
        path = known[name]
        module = importlib.import_module(f"benchmarks.{path.parent.name}.{name}")
        parser = argparse.ArgumentParser(
            prog=f"python -m benchmarks {name}",
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument(
            "--tiny", action="store_true", help="see in seconds whether it works; no corpus needed"
        )
        parser.add_argument("--cache", type=Path, default=CACHE, help="where sites are kept")
        module.options(parser)
        with tempfile.TemporaryDirectory() as temporary:
            if "--tiny" in rest:
                Path(temporary).chmod(0o755)
                rest = [*shlex.split(module.TINY), "--cache", temporary, *rest]
            try:
                return module.run(parser.parse_args(rest)) or 0
            except Missing as missing:
                print(f"skipped: needs {missing}")
                return 0 if "--tiny" in rest else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
