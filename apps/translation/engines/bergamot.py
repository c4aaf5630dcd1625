"""Firefox Translations on the CPU by the package fxtranslate: small int8 models."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.core.plugins import Label
from apps.core.variables import Address, Variables, variable
from apps.text.protection.placeholders import WORD, Style
from apps.translation.engines.base import (
    Context,
    EngineAbout,
    EngineMissing,
    LanguagePair,
    Result,
    digest_of,
)
from apps.translation.engines.bergamot_models import (
    ATTACHMENTS_URL,
    RECORDS_URL,
    FetchError,
    default_models,
    fetch_model,
)

if TYPE_CHECKING:
    from fxtranslate import Translator

log = logging.getLogger(__name__)

SECONDS_BETWEEN_FETCHES = 300.0

_own = threading.local()
"""The translator of each thread. It outlives the engines, so that a translator is freed by the
thread that made it."""


class BergamotVariables(Variables):
    """Firefox's models, run on this site's own machines."""

    prefix = "BERGAMOT_"
    on: bool = variable(True, "whether the engine is used", name="", internal=True)
    models: str = variable("", "folder of the models", shown="`~/.cache/papersite/bergamot`")
    languages: LanguagePair = variable("en-ja", "languages of the model")
    fetch: bool = variable(True, "whether a model that is not there is fetched")
    threads: int = variable(1, "sentences translated at once, each by a copy", ge=1, le=256)
    records_url: Address = variable(RECORDS_URL, "list of models, of a mirror for example")
    attachments_url: Address = variable(ATTACHMENTS_URL, "where the files of models are")

    def options(self) -> dict[str, Any]:
        return self.model_dump() | {"models": self.models or str(default_models())}


class BergamotEngine:
    """Translates with the model in `models`/en-ja, sentence by sentence.

    Only the thread that made a translator of fxtranslate may use it, so the engine has a pool of
    its own with one translator per thread.
    """

    about = EngineAbout(
        name="bergamot",
        label=Label(
            "MozillaがFirefoxのために開発した翻訳エンジンです。本サイトのサーバーで動作しています。",
            "Mozilla's translation engine for Firefox, run on this site's own servers.",
        ),
        licence=Label(
            "モデル：CC BY-SA 4.0。ソフトウェア：MPL 2.0。",
            "Models: CC BY-SA 4.0. Software: MPL 2.0.",
        ),
        variables=BergamotVariables,
        order=90,
        text_licence="CC-BY-SA-4.0",
        model=lambda options: "Firefox Translations",
    )
    name = about.name
    mask_style: Style | None = WORD

    def __init__(
        self,
        *,
        models: str | Path,
        languages: str = "en-ja",
        fetch: bool = False,
        records_url: str = RECORDS_URL,
        attachments_url: str = ATTACHMENTS_URL,
        threads: int = 1,
        batch_size: int = 64,
        shortlist: bool = False,
        most_characters: int = 2000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Use the model for `languages` in the folder `models`; with `fetch`, fetch it if absent.

        threads: sentences translated at once, each with a copy of the model. shortlist: limit the
        output to likely words, which is faster and sometimes wrong. most_characters: longer texts
        are errors, because the time grows with the square of the length.
        """
        self.batch_size = batch_size
        self._folder = Path(models) / languages
        self._languages = languages
        self._fetch = fetch
        self._records_url = records_url
        self._attachments_url = attachments_url
        self._threads = threads
        self._shortlist = shortlist
        self._most_characters = most_characters
        self._clock = clock
        self._fetch_again_at = 0.0
        self._fault = ""
        self._loading = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._files: tuple[bytes, bytes, bytes, bytes | None] | None = None
        self._digest = ""

    @property
    def version(self) -> str:
        """The model's languages and a digest of its files and of what affects the text."""
        return f"{self._languages} {self._digest or 'without a model'}"

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
                f"The engine bergamot is set up for {self._languages}, not for {source}-{target}."
            )
        pool = self._load()
        answers = [pool.submit(self._translate, text) for text in texts]
        return [_result(answer) for answer in answers]

    def _translate(self, text: str) -> Result:
        if len(text) > self._most_characters:
            return Result(
                None,
                error=f"The sentence has {len(text)} characters; bergamot reads "
                f"{self._most_characters} at most.",
            )
        return Result(self._translator().translate(text).strip())

    def _translator(self) -> "Translator":
        if not hasattr(_own, "translator"):
            from fxtranslate import Translator

            assert self._files is not None
            _own.translator = Translator(*self._files)
        translator: Translator = _own.translator
        return translator

    def _load(self) -> ThreadPoolExecutor:
        """Return the pool, after one translator has loaded the model."""
        with self._loading:
            if self._pool is not None:
                return self._pool
            self._files = self._read(self._folder_with_model())
            pool = ThreadPoolExecutor(self._threads, thread_name_prefix="bergamot")
            error = pool.submit(self._translator).exception()
            if error is not None:
                pool.shutdown()
                raise EngineMissing(
                    f"The model in {self._folder} cannot be loaded ({error}). Remove the folder "
                    "and run `manage.py fetch_model`."
                )
            self._pool = pool
            return pool

    def _folder_with_model(self) -> Path:
        if self._path("model") is not None:
            return self._folder
        if self._fetch and self._clock() >= self._fetch_again_at:
            try:
                return fetch_model(
                    self._languages,
                    self._folder.parent,
                    records_url=self._records_url,
                    attachments_url=self._attachments_url,
                    progress=lambda name, done, total: log.debug("%s: %d/%d", name, done, total),
                )
            except (FetchError, OSError) as error:
                self._fault = f" It could not be fetched: {error}"
                self._fetch_again_at = self._clock() + SECONDS_BETWEEN_FETCHES
        raise EngineMissing(
            f"There is no {self._languages} model in {self._folder}. Run `manage.py fetch_model`, "
            f"or copy a model there.{self._fault}"
        )

    def _path(self, kind: str) -> Path | None:
        return next(iter(sorted(self._folder.glob(f"{kind}.*"))), None)

    def _read(self, folder: Path) -> tuple[bytes, bytes, bytes, bytes | None]:
        found = {kind: self._path(kind) for kind in ("model", "vocab", "srcvocab", "trgvocab")}
        lexicon = self._path("lex") if self._shortlist else None
        source, target = found["srcvocab"] or found["vocab"], found["trgvocab"] or found["vocab"]
        if found["model"] is None or source is None or target is None:
            raise EngineMissing(
                f"The model in {folder} is not complete: it needs model.*, and vocab.* or both "
                "srcvocab.* and trgvocab.*. Remove the folder and run `manage.py fetch_model`."
            )
        files = (
            found["model"].read_bytes(),
            source.read_bytes(),
            target.read_bytes(),
            lexicon.read_bytes() if lexicon else None,
        )
        self._digest = digest_of([hashlib.sha256(file or b"").hexdigest() for file in files])
        return files


def _result(answer: "Future[Result]") -> Result:
    # A panic of the library is not an Exception; the future keeps it from ending the worker.
    error = answer.exception()
    if error is None:
        return answer.result()
    log.error("bergamot failed on a text: %r", error)
    return Result(None, error=f"bergamot failed on this sentence: {error}")
