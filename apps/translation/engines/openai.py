"""Servers with OpenAI's chat completions: vLLM, Ollama, llama.cpp, OpenAI."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, cast

from apps.core.plugins import Label
from apps.core.rate_limits import LocalSlots, Pace
from apps.core.variables import Address, variable
from apps.text.protection.placeholders import BRACKETS, Style
from apps.translation.engines.base import (
    NO_CONTEXT,
    Context,
    EngineAbout,
    EngineMissing,
    EngineUnavailable,
    PricedVariables,
    Result,
    digest_of,
)
from apps.translation.engines.openai_messages import (
    ANSWER_SCHEMA,
    HOUSE_STYLE,
    INSTRUCTIONS,
    build_messages,
    read_answer,
)
from apps.translation.engines.validation import validate_result

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
    from openai.types.chat.completion_create_params import ResponseFormat

FORMATS: "list[ResponseFormat]" = [
    {
        "type": "json_schema",
        "json_schema": {"name": "translations", "strict": True, "schema": ANSWER_SCHEMA},
    },
    # The form for llama-cpp-python.
    cast("ResponseFormat", {"type": "json_object", "schema": ANSWER_SCHEMA}),
    {"type": "json_object"},
]
"""Formats of structured output, the strictest first; older servers accept only the last."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One request: its texts and their contexts, by position in the batch."""

    texts: dict[int, str]
    contexts: dict[int, Context]
    source: str
    target: str


class OpenAIVariables(PricedVariables):
    """A language model behind OpenAI's protocol."""

    prefix = "OPENAI_"
    base_url: Address = variable(
        ..., "address of the server, up to `/v1`; with the model it turns the engine on"
    )
    model: str = variable(..., "name of the model")
    api_key: str = variable("", "key, where the server wants one", secret=True)
    timeout: float = variable(60.0, "seconds a request", gt=0, le=3600)
    batch_size: int = variable(8, "sentences a request", name="BATCH", ge=1, le=1000)
    concurrency: int = variable(4, "requests at once", ge=1, le=256)
    requests_per_minute: float = variable(0.0, "`0` is no limit", ge=0, le=1_000_000)
    document_characters: int = variable(
        6000,
        "up to this length a paper is sent with its sentences; `0` sends none",
        ge=0,
        le=1_000_000,
    )


class OpenAIEngine:
    """Sends a batch as JSON with an id for each text, and accepts only known ids."""

    about = EngineAbout(
        name="openai",
        label=Label(
            "大規模言語モデルです。翻訳する文に、論文のタイトルと要旨、用語集の用語、人が承認した類似の文を添えて送信します。",
            "A large language model. It receives sentences with the paper's title and abstract,"
            " glossary terms, and similar sentences that a person approved.",
        ),
        licence=Label(
            "モデルの公開元と提供者の規約に従います。",
            "The terms of the model's publisher and of its provider.",
        ),
        sends_text=True,
        variables=OpenAIVariables,
        order=10,
        examples=2,
    )
    name = about.name
    mask_style: Style | None = BRACKETS

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "",
        timeout: float = 60.0,
        batch_size: int = 8,
        retries: int = 2,
        temperature: float | None = 0.0,
        concurrency: int = 4,
        requests_per_minute: float = 0,
        max_tokens: int = 0,
        document_characters: int = 6000,
    ) -> None:
        """Connect to `base_url` (ending in /v1) and use `model`; `timeout` in seconds a request.

        batch_size: texts a request. retries: further attempts after a timeout, a lost connection,
        a 429 or a 5xx. temperature: None is the server's default. concurrency: requests at once.
        requests_per_minute, max_tokens (of an answer): 0 is no limit. document_characters: longer
        papers are not sent with their sentences; 0 sends none.
        """
        import openai

        self.batch_size = batch_size
        self._model = model
        self._temperature = temperature
        self._concurrency = concurrency
        self._max_tokens = max_tokens
        self._document_characters = document_characters
        seconds = 60 / requests_per_minute if requests_per_minute else 0.0
        self._pace = Pace(LocalSlots(time.monotonic), seconds, time.sleep)
        self._client = openai.OpenAI(
            base_url=base_url,
            # The library requires a key; local servers do not.
            api_key=api_key or "none",
            timeout=timeout,
            max_retries=retries,
        )
        self._formats = FORMATS
        decided = [INSTRUCTIONS, HOUSE_STYLE, temperature, max_tokens, document_characters]
        self.version = f"{model} {digest_of(decided)}"

    def check(self) -> None:
        """Raise EngineUnavailable unless the server answers and knows the model."""
        import openai

        try:
            models = [model.id for model in self._client.models.list()]
        except openai.AuthenticationError as error:
            raise EngineMissing(f"The server refuses the key (OPENAI_API_KEY): {error}") from error
        except openai.APIError as error:
            raise EngineUnavailable(
                f"The server of {self._model} does not answer: {error}"
            ) from error
        if models and self._model not in models:
            raise EngineMissing(
                f"The server has no model {self._model!r} (OPENAI_MODEL); it has: "
                f"{', '.join(models[:10])}."
            )

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Translate `texts`; a text that the server omits or garbles has an error.

        If only some requests fail, their texts are marked as unavailable.
        """
        around = list(contexts) or [NO_CONTEXT] * len(texts)
        jobs = list(self._jobs(texts, around, source, target))
        results: dict[int, Result] = {}
        lost: list[EngineUnavailable] = []
        with ThreadPoolExecutor(max(1, min(self._concurrency, len(jobs)))) as pool:
            for job, answer in [(job, pool.submit(self._run, job)) for job in jobs]:
                try:
                    results |= answer.result()
                except EngineUnavailable as error:
                    lost.append(error)
                    results |= {
                        at: Result(None, error=str(error), unavailable=True) for at in job.texts
                    }
        if lost and len(lost) == len(jobs):
            raise lost[0]
        return [results[at] for at in range(len(texts))]

    def _jobs(
        self, texts: Sequence[str], contexts: Sequence[Context], source: str, target: str
    ) -> Iterator[_Job]:
        """Group the texts into requests by document, `batch_size` texts each."""
        papers: dict[str, list[int]] = {}
        sent = [self._shortened(context) for context in contexts]
        for at, context in enumerate(sent):
            papers.setdefault(context.document, []).append(at)
        for places in papers.values():
            for start in range(0, len(places), self.batch_size):
                chosen = places[start : start + self.batch_size]
                yield _Job(
                    {at: texts[at] for at in chosen},
                    {at: sent[at] for at in chosen},
                    source,
                    target,
                )

    def _shortened(self, context: Context) -> Context:
        """Drop a document that is too long; part of one would mislead the model."""
        if len(context.document) <= self._document_characters:
            return context
        return replace(context, document="")

    def _run(self, job: _Job) -> dict[int, Result]:
        """Send a job, and each text without an answer once more on its own."""
        results = self._request(job)
        if len(job.texts) > 1:
            for at in [at for at, result in results.items() if result.text is None]:
                alone = replace(job, texts={at: job.texts[at]}, contexts={at: job.contexts[at]})
                (again,) = self._request(alone).values()
                results[at] = replace(
                    again,
                    tokens_in=again.tokens_in + results[at].tokens_in,
                    tokens_out=again.tokens_out + results[at].tokens_out,
                )
        return results

    def _request(self, job: _Job) -> dict[int, Result]:
        completion = self._ask(build_messages(job.texts, job.contexts, job.source, job.target))
        answer = completion.choices[0].message.content or ""
        fault = f"The model {self._model} left this sentence out."
        try:
            found = read_answer(answer, list(job.texts))
        except ValueError as error:
            found, fault = {}, str(error)
        usage = completion.usage
        lengths = [len(text) for text in job.texts.values()]
        shares_in = split_total(usage.prompt_tokens if usage else 0, lengths)
        shares_out = split_total(usage.completion_tokens if usage else 0, lengths)
        return {
            at: validate_result(
                text,
                Result(
                    found.get(at),
                    error="" if at in found else fault,
                    tokens_in=tokens_in,
                    tokens_out=tokens_out,
                ),
                job.target,
                field=job.contexts[at].field,
            )
            for (at, text), tokens_in, tokens_out in zip(
                job.texts.items(), shares_in, shares_out, strict=True
            )
        }

    def _ask(self, messages: "list[ChatCompletionMessageParam]") -> "ChatCompletion":
        """Return the server's answer, or raise EngineUnavailable."""
        import openai

        refused = ""
        for known, response_format in enumerate(formats := self._formats):
            self._pace.wait()
            try:
                completion = self._client.chat.completions.create(
                    model=self._model,
                    messages=messages,
                    temperature=openai.omit if self._temperature is None else self._temperature,
                    max_tokens=self._max_tokens or openai.omit,
                    response_format=response_format,
                )
            except openai.AuthenticationError as error:
                raise EngineMissing(
                    f"The server of {self._model} refuses the key (OPENAI_API_KEY): {error}"
                ) from error
            except openai.APIError as error:
                if not _is_about_the_format(error):
                    raise EngineUnavailable(
                        f"The server of {self._model} did not translate: {error}"
                    ) from error
                refused = str(error)
            else:
                if not completion.choices:
                    raise EngineUnavailable(f"The server of {self._model} sent an empty answer.")
                self._formats = formats[known:]
                return completion
        raise EngineUnavailable(f"The server of {self._model} refused the request: {refused}")


def _is_about_the_format(error: "openai.APIError") -> bool:
    """Return whether the server may lack this format of structured output.

    llama-cpp-python answers with a 500 in that case.
    """
    import openai

    if isinstance(error, openai.InternalServerError):
        return "response_format" in str(error)
    return isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError))


def split_total(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` by `weights` into whole numbers whose sum is `total`."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)] if weights else []
    edges = [total * part // whole for part in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(edges)]
