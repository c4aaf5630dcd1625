"""Marian, NLLB and M2M models converted for CTranslate2: int8, on the CPU or a GPU."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from apps.core.plugins import Label
from apps.core.variables import Variables, variable
from apps.text.protection.placeholders import WORD, Style
from apps.translation.engines.base import (
    Context,
    EngineAbout,
    EngineMissing,
    EngineUnavailable,
    LanguagePair,
    Result,
    digest_of,
)
from apps.translation.engines.model_tokens import END, Tokens, load_tokens

if TYPE_CHECKING:
    from ctranslate2 import Translator


@dataclass(frozen=True, slots=True)
class _Loaded:
    translator: "Translator"
    tokens: Tokens
    version: str


class CTranslate2Variables(Variables):
    """A model converted for CTranslate2."""

    prefix = "CTRANSLATE2_"
    model: str = variable(..., "the folder of a converted model; turns the engine on")
    languages: LanguagePair = variable("en-ja", "languages of the model")
    device: Literal["cpu", "cuda", "auto"] = variable("cpu", "where it computes")
    inter_threads: int = variable(1, "batches at once", ge=1, le=256)
    intra_threads: int = variable(
        0, "cores for each batch; `0` is the library's choice", ge=0, le=256
    )
    beam_size: int = variable(4, "hypotheses kept while decoding", name="BEAM", ge=1, le=64)
    source_prefix: str = variable("", "what the model wants before each sentence")


class CTranslate2Engine:
    """Translates with a model in a folder: model.bin, vocabularies and tokenisers."""

    about = EngineAbout(
        name="ctranslate2",
        label=Label(
            "ニューラル翻訳モデルです。本サイトのサーバーで動作しています。",
            "A neural model, run on this site's own servers.",
        ),
        licence=Label(
            "モデル：公開元の規定に従います。ソフトウェア（CTranslate2）：MIT。",
            "Model: licence of its publisher. Software (CTranslate2): MIT.",
        ),
        variables=CTranslate2Variables,
        order=30,
        model=lambda options: PurePath(str(options.get("model", ""))).name,
    )
    name = about.name
    mask_style: Style | None = WORD

    def __init__(
        self,
        *,
        model: str | Path,
        languages: str = "en-ja",
        device: str = "cpu",
        compute_type: str = "int8",
        inter_threads: int = 1,
        intra_threads: int = 0,
        batch_size: int = 256,
        max_batch_tokens: int = 1024,
        most_tokens: int = 500,
        max_decoding_length: int = 400,
        source_prefix: str = "",
        beam_size: int = 4,
        length_penalty: float = 1.0,
        repetition_penalty: float = 1.0,
        no_repeat_ngram_size: int = 0,
    ) -> None:
        """Use the model in the folder `model` for `languages` ("en-ja").

        `inter_threads` batches run at once, each on `intra_threads` cores (0: the library's own
        choice). A batch holds `max_batch_tokens` tokens with padding, of sentences of like
        length. Sentences of more than `most_tokens` tokens are errors: models place only so many.
        The rest are CTranslate2's decoding parameters; `compute_type` is what it computes in.
        """
        self.batch_size = batch_size
        self._folder = Path(model)
        self._languages = languages
        self._device = device
        self._threads = (inter_threads, intra_threads)
        self._compute_type = compute_type
        self._max_batch_tokens = max_batch_tokens
        self._most_tokens = most_tokens
        self._source_prefix = source_prefix
        self._max_decoding_length = max_decoding_length
        self._decoding = {
            "beam_size": beam_size,
            "length_penalty": length_penalty,
            "repetition_penalty": repetition_penalty,
            "no_repeat_ngram_size": no_repeat_ngram_size,
            "max_decoding_length": max_decoding_length,
        }
        self._loading = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def version(self) -> str:
        """The folder's name, and a digest of the model's files and of what affects the text."""
        loaded = self._loaded
        return loaded.version if loaded else f"{self._folder.name} without a model"

    def check(self) -> None:
        self._load()

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        if f"{source}-{target}" != self._languages:
            raise EngineMissing(
                f"The engine ctranslate2 is set up for {self._languages}, "
                f"not for {source}-{target}."
            )
        loaded = self._load()
        encoded = [loaded.tokens.encode(text) for text in texts]
        results = [
            Result(
                None,
                error=f"The sentence has {len(tokens)} tokens; the model reads "
                f"{self._most_tokens} at most.",
            )
            for tokens in encoded
        ]
        short = [at for at, tokens in enumerate(encoded) if len(tokens) <= self._most_tokens]
        for at, text in zip(
            short, self._decode(loaded, [encoded[at] for at in short]), strict=True
        ):
            results[at] = text
        return results

    def _decode(self, loaded: _Loaded, encoded: list[list[str]]) -> list[Result]:
        if not encoded:
            return []
        prefix = [list(loaded.tokens.prefix)] * len(encoded) if loaded.tokens.prefix else None
        try:
            # The library sorts by length, fills batches by tokens, and gives the order back.
            answers = loaded.translator.translate_batch(
                encoded,
                target_prefix=prefix,
                max_batch_size=self._max_batch_tokens,
                batch_type="tokens",
                return_end_token=True,
                disable_unk=True,
                # The token of the language counts as decoded; without one more there is no text.
                min_decoding_length=1 + len(loaded.tokens.prefix),
                **self._decoding,
            )
        except RuntimeError as error:
            if "memory" in str(error).lower():
                raise EngineUnavailable(
                    f"ctranslate2 ran out of memory ({error}). Lower max_batch_tokens."
                ) from error
            raise
        return [self._result(loaded.tokens, answer.hypotheses[0]) for answer in answers]

    def _result(self, tokens: Tokens, written: list[str]) -> Result:
        if not written or written[-1] != END:
            return Result(
                None,
                error=f"The model did not come to an end in {self._max_decoding_length} tokens.",
            )
        return Result(tokens.decode(written[:-1]).strip())

    def _load(self) -> _Loaded:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        try:
            import ctranslate2
        except ImportError as error:
            raise EngineMissing(
                "The package ctranslate2 is not installed; install papersite[ctranslate2]."
            ) from error
        weights = self._folder / "model.bin"
        if not weights.is_file():
            raise EngineMissing(
                f"There is no converted model in {self._folder}. Convert a Hugging Face checkpoint "
                f"with `manage.py convert_model CHECKPOINT {self._folder}`."
            )
        tokens = load_tokens(self._folder, self._languages, self._source_prefix)
        inter_threads, intra_threads = self._threads
        try:
            translator = ctranslate2.Translator(
                str(self._folder),
                device=self._device,
                compute_type=self._compute_type,
                inter_threads=inter_threads,
                intra_threads=intra_threads,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineMissing(
                f"The model in {self._folder} cannot be loaded ({error}). Convert it again with "
                "`manage.py convert_model`."
            ) from error
        parts = [weights, *tokens.files, *sorted(self._folder.glob("*.json"))]
        decided = [
            [_sha256(part) for part in parts],
            self._languages,
            self._source_prefix,
            translator.compute_type,
            self._decoding,
        ]
        version = f"{self._folder.name[:80]} {digest_of(decided)}"
        return _Loaded(translator, tokens, version)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
