"""The tokenisers of converted models, chosen by the files in their folder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from apps.translation.engines.base import EngineMissing

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

END = "</s>"
NLLB = {
    "de": "deu_Latn",
    "en": "eng_Latn",
    "es": "spa_Latn",
    "fr": "fra_Latn",
    "ja": "jpn_Jpan",
    "ko": "kor_Hang",
    "pt": "por_Latn",
    "ru": "rus_Cyrl",
    "zh": "zho_Hans",
}


class Tokens(Protocol):
    """Turns texts into a model's tokens and back.

    files: the tokeniser's files, for the engine's version. prefix: the first tokens of every
    translation.
    """

    files: Sequence[Path]
    prefix: Sequence[str]

    def encode(self, text: str) -> list[str]:
        """Return the tokens of `text`."""
        ...

    def decode(self, tokens: Sequence[str]) -> str:
        """Return the text of the model's output, without the prefix."""
        ...


class MarianTokens:
    """source.spm and target.spm: OPUS-MT, FuguMT and other Marian models."""

    prefix: Sequence[str] = ()

    def __init__(self, folder: Path, source_prefix: str = "") -> None:
        """Read the tokenisers; `source_prefix` (">>jpn<<") tells a model of many its target."""
        self.files: Sequence[Path] = [folder / "source.spm", folder / "target.spm"]
        self._source, self._target = map(_processor, self.files)
        self._before = [source_prefix] if source_prefix else []

    def encode(self, text: str) -> list[str]:
        return [*self._before, *self._source.encode(text, out_type=str), END]

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._target.decode(list(tokens)))


class SharedTokens:
    """sentencepiece.bpe.model and a token for each language: NLLB and M2M."""

    def __init__(self, folder: Path, source: str, target: str) -> None:
        """Read the tokeniser; `source` and `target` are the languages' tokens."""
        self.files: Sequence[Path] = [folder / "sentencepiece.bpe.model"]
        self._processor = _processor(self.files[0])
        self._source = source
        self.prefix: Sequence[str] = [target]

    def encode(self, text: str) -> list[str]:
        return [self._source, *self._processor.encode(text, out_type=str), END]

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._processor.decode(list(tokens)[len(self.prefix) :]))


def load_tokens(folder: Path, languages: str, source_prefix: str = "") -> Tokens:
    """Return the tokeniser of the model in `folder` for `languages` ("en-ja").

    Raises EngineMissing if the folder has no tokeniser or the model lacks a language.
    """
    source, _, target = languages.partition("-")
    if (folder / "source.spm").is_file() and (folder / "target.spm").is_file():
        return MarianTokens(folder, source_prefix)
    if (folder / "sentencepiece.bpe.model").is_file():
        known = _vocabulary(folder)
        for ways in ({code: f"__{code}__" for code in (source, target)}, NLLB):
            pair = ways.get(source, source), ways.get(target, target)
            if all(token in known for token in pair):
                return SharedTokens(folder, *pair)
        raise EngineMissing(f"The model in {folder} does not know the languages {languages}.")
    raise EngineMissing(
        f"{folder} has no tokeniser: put source.spm and target.spm (Marian) or "
        "sentencepiece.bpe.model (NLLB, M2M) of the checkpoint next to model.bin, or convert it "
        "with `manage.py convert_model`."
    )


def _processor(path: Path) -> "SentencePieceProcessor":
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(path))


def _vocabulary(folder: Path) -> frozenset[str]:
    path = folder / "shared_vocabulary.json"
    return frozenset(json.loads(path.read_text("utf-8"))) if path.is_file() else frozenset()
