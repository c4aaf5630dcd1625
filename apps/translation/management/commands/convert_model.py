"""`manage.py convert_model`: make a Hugging Face checkpoint ready for the engine ctranslate2."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

NEEDED = ("ctranslate2", "torch", "transformers")
TOKENISERS = ("source.spm", "target.spm", "sentencepiece.bpe.model")


class Command(BaseCommand):
    help = (
        "Convert the folder of a Hugging Face checkpoint (Marian, NLLB or M2M) for the engine "
        "ctranslate2. Needs papersite[convert]. Then set CTRANSLATE2_MODEL to OUT_DIR."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT_DIR")
        parser.add_argument("out", type=Path, metavar="OUT_DIR")
        parser.add_argument(
            "--quantization", default="int8", help="int8 (default), float16, float32, ..."
        )
        parser.add_argument("--force", action="store_true", help="overwrite OUT_DIR")

    def handle(
        self,
        *args: Any,
        checkpoint: Path,
        out: Path,
        quantization: str,
        force: bool,
        **options: Any,
    ) -> None:
        tokenisers = tokenisers_of(checkpoint)
        if out.exists() and any(out.iterdir()) and not force:
            raise CommandError(f"{out} is not empty; choose another folder, or add --force.")
        lacking = [name for name in NEEDED if find_spec(name) is None]
        if lacking:
            raise CommandError(
                f"Converting needs more packages ({', '.join(lacking)}): "
                "install papersite[ctranslate2,convert]."
            )
        from ctranslate2.converters import TransformersConverter

        try:
            # Only files of the named folder are read; nothing is downloaded or executed.
            TransformersConverter(str(checkpoint), copy_files=tokenisers).convert(
                str(out), quantization=quantization, force=True
            )
        except (ValueError, OSError, RuntimeError, KeyError) as error:
            raise CommandError(f"{checkpoint} could not be converted: {error}") from error
        self.stdout.write(f"The converted model is in {out}. Set CTRANSLATE2_MODEL={out}.")


def tokenisers_of(checkpoint: Path) -> list[str]:
    """Return the tokeniser files in `checkpoint`; raise CommandError without a checkpoint."""
    if not (checkpoint / "config.json").is_file():
        raise CommandError(
            f"{checkpoint} is not the folder of a checkpoint: it has no config.json."
        )
    found = [name for name in TOKENISERS if (checkpoint / name).is_file()]
    if "sentencepiece.bpe.model" not in found and not {"source.spm", "target.spm"} <= set(found):
        raise CommandError(
            f"{checkpoint} has no tokeniser that the engine reads: source.spm and target.spm "
            "(Marian) or sentencepiece.bpe.model (NLLB, M2M)."
        )
    return found
