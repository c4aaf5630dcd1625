"""Embedder for OpenAI's embeddings API: vLLM, Ollama, llama.cpp, infinity, OpenAI."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator

from apps.core.plugins import About, Label
from apps.core.variables import Address, Names, Variables, variable
from apps.discovery.embedders.base import DIMENSIONS, EmbedderUnavailable

if TYPE_CHECKING:
    import openai

LONGEST_MODEL_NAME = 80


class Shorten(StrEnum):
    """How vectors longer than the stored ones are shortened.

    Only for models trained for it (Kusupati et al. 2022, "Matryoshka Representation Learning").
    """

    NEVER = ""
    SERVER = "server"
    HERE = "here"


def _two_types(given: list[str]) -> list[str]:
    if len(given) not in (0, 2):
        raise ValueError("Set it to two types, of a query and of a paper: query,passage.")
    return given


class OpenAIEmbedderVariables(Variables):
    """A model behind OpenAI's `/v1/embeddings`."""

    prefix = "EMBEDDER_"
    base_url: Address = variable(
        ..., "the address of the server, up to `/v1`: http://127.0.0.1:8080/v1"
    )
    model: str = variable(..., "the name of the model")
    api_key: str = variable("", "key, where the server wants one", secret=True)
    shorten: Literal["", "server", "here"] = variable(
        "",
        "for models trained to be shortened: `server` asks the server for 384 numbers, `here` "
        "keeps the first 384",
    )
    query_prefix: str = variable("", 'what the model wants before a query, such as `"query: "`')
    passage_prefix: str = variable("", "what the model wants before the text of a paper")
    input_types: Annotated[Names, AfterValidator(_two_types)] = variable(
        [], "sent as `input_type` to servers that know it: `query,passage`"
    )
    timeout: float = variable(30.0, "seconds a request", gt=0, le=3600)
    batch_size: int = variable(32, "texts a request", name="BATCH", ge=1, le=10_000)

    def options(self) -> dict[str, Any]:
        query_type, passage_type = self.input_types or ("", "")
        types = {"query_type": query_type, "passage_type": passage_type}
        return self.model_dump(exclude={"input_types"}) | types


class OpenAIEmbedder:
    """Sends texts in batches and validates every answer."""

    about = About(
        name="openai",
        label=Label(
            "外部の埋め込みモデルです。論文のタイトルと要旨、検索語を送信します。",
            "An embedding model on a server. It receives titles, abstracts and search queries.",
        ),
        licence=Label(
            "モデルの公開元と提供者の規約に従います。",
            "The terms of the model's publisher and of its provider.",
        ),
        sends_text=True,
        variables=OpenAIEmbedderVariables,
    )

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "",
        dimensions: int = DIMENSIONS,
        shorten: str = Shorten.NEVER,
        query_prefix: str = "",
        passage_prefix: str = "",
        query_type: str = "",
        passage_type: str = "",
        timeout: float = 30.0,
        retries: int = 2,
        batch_size: int = 32,
    ) -> None:
        """Configure the client. base_url: ends in /v1. timeout: seconds for each request.

        shorten: "server" requests vectors of `dimensions` numbers, "here" keeps the first
        `dimensions`; without it the model's vectors must have that size. query_prefix,
        passage_prefix: put before each text. query_type, passage_type: sent as `input_type` to
        servers that support it. retries: after a timeout, a lost connection, a 429 or a 5xx.
        batch_size: texts in each request.
        """
        import openai

        self.dimensions = dimensions
        self._shorten = Shorten(shorten)
        self._query_prefix, self._passage_prefix = query_prefix, passage_prefix
        self._query_type, self._passage_type = query_type, passage_type
        self._model = model
        self._batch_size = batch_size
        self._client = openai.OpenAI(
            base_url=base_url,
            # The library requires a key even if the server does not.
            api_key=api_key or "none",
            timeout=timeout,
            max_retries=retries,
        )
        decided = [model, shorten, dimensions, passage_prefix, passage_type]
        digest = hashlib.blake2b(repr(decided).encode(), digest_size=4).hexdigest()
        self.name = f"openai {model[:LONGEST_MODEL_NAME]} {digest}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        parts = [
            self._vectors(
                [self._passage_prefix + text for text in texts[start : start + self._batch_size]],
                self._passage_type,
            )
            for start in range(0, len(texts), self._batch_size)
        ]
        return np.concatenate([np.empty((0, self.dimensions), dtype=np.float32), *parts])

    def query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._vectors([self._query_prefix + text], self._query_type)[
            0
        ]
        return vector

    def _vectors(self, texts: Sequence[str], input_type: str) -> NDArray[np.float32]:
        """Return the vectors of `texts`, shortening texts that the server refuses as too long.

        A refused batch is sent text by text, a refused text by its first half.
        """
        import openai

        try:
            answer = self._ask(texts, input_type)
        except openai.APIStatusError as error:
            if len(texts) > 1:
                return np.concatenate([self._vectors([text], input_type) for text in texts])
            words = texts[0].split(" ")
            if len(words) == 1:
                raise EmbedderUnavailable(
                    f"The server of {self._model} refuses the request: {error}"
                ) from error
            return self._vectors([" ".join(words[: len(words) // 2])], input_type)
        return self._read(answer, len(texts))

    def _ask(self, texts: Sequence[str], input_type: str) -> Any:
        """Return the server's answer, unchecked.

        Raises EmbedderUnavailable without an answer, openai.APIStatusError where the server
        refuses these texts.
        """
        import openai

        # Some servers refuse an empty text.
        wanted = [text if text.strip() else "." for text in texts]
        try:
            return self._client.embeddings.create(
                model=self._model,
                input=wanted,
                # The library defaults to base64, which some servers do not support.
                encoding_format="float",
                dimensions=self.dimensions if self._shorten is Shorten.SERVER else openai.omit,
                extra_body={"input_type": input_type} if input_type else None,
            )
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise EmbedderUnavailable(
                f"The server of {self._model} refuses the key (EMBEDDER_API_KEY): {error}"
            ) from error
        except openai.NotFoundError as error:
            raise EmbedderUnavailable(
                f"The server has no model {self._model!r} (EMBEDDER_MODEL) or no embeddings at "
                f"this address (EMBEDDER_BASE_URL): {error}"
            ) from error
        except openai.APIError as error:
            if _is_about_the_texts(error):
                raise
            raise EmbedderUnavailable(
                f"The server of {self._model} does not answer: {error}"
            ) from error
        except ValueError as error:
            # The library raises it for an answer that is not JSON or has no vectors.
            raise EmbedderUnavailable(
                f"The server of {self._model} sent an invalid answer: {error}"
            ) from error

    def _read(self, answer: Any, count: int) -> NDArray[np.float32]:
        """Return `count` unit vectors in the order of the texts, or raise EmbedderUnavailable."""
        from openai.types import CreateEmbeddingResponse

        found: dict[Any, Any] = {}
        if isinstance(answer, CreateEmbeddingResponse) and isinstance(answer.data, list):
            found = {getattr(item, "index", None): item.embedding for item in answer.data}
        if set(found) != set(range(count)) or len(answer.data) != count:
            raise EmbedderUnavailable(
                f"The server of {self._model} did not send one vector for each of {count} texts."
            )
        try:
            vectors = np.array([found[place] for place in range(count)], dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise EmbedderUnavailable(
                f"The server of {self._model} sent vectors that are not lists of numbers: {error}"
            ) from error
        vectors = self._shortened(vectors)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.all(np.isfinite(lengths) & (lengths > 0)):
            raise EmbedderUnavailable(
                f"The server of {self._model} sent a vector without a direction: zero, infinite "
                "or no number."
            )
        return (vectors / lengths).astype(np.float32)

    def _shortened(self, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        size = vectors.shape[1] if vectors.ndim == 2 else 0
        if self._shorten is Shorten.HERE and size > self.dimensions:
            return vectors[:, : self.dimensions]
        if size != self.dimensions:
            raise EmbedderUnavailable(
                f"The model {self._model} gives vectors of {size} numbers; this site stores "
                f"{self.dimensions}. Choose a model of that size or, where the model was trained "
                "to be shortened, set EMBEDDER_SHORTEN to server or here."
            )
        return vectors


def _is_about_the_texts(error: "openai.APIError") -> bool:
    """Whether the error may mean that a text or the request is too long; llama.cpp sends a 500."""
    import openai

    if isinstance(error, openai.InternalServerError):
        return "too large" in str(error)
    return isinstance(error, openai.APIStatusError) and error.status_code in {400, 413, 422}
