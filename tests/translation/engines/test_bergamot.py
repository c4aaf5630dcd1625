"""The engine bergamot: real inference with a tiny model, and fetching a model, checked."""

import hashlib
import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from apps.translation.engines.base import Engine, EngineMissing
from apps.translation.engines.bergamot import SECONDS_BETWEEN_FETCHES, BergamotEngine
from apps.translation.engines.bergamot_models import (
    PINNED,
    FetchError,
    ModelFile,
    fetch_model,
)
from tests.support.servers.files import FileServer
from tests.translation.engines.contract import TEXTS, EngineContract
from tests.translation.engines.tiny_models import marian_int8


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    marian_int8(folder / "en-ja")
    return folder


class TestBergamotEngine(EngineContract):
    @pytest.fixture
    def engine(self, models: Path) -> Engine:
        return BergamotEngine(models=models, batch_size=4)


def test_each_text_has_the_translation_it_has_alone(models: Path) -> None:
    engine = BergamotEngine(models=models, threads=2)
    together = engine.translate(TEXTS * 3, "en", "ja")
    alone = [BergamotEngine(models=models).translate([text], "en", "ja")[0] for text in TEXTS]
    assert together == alone * 3
    assert len({result.text for result in alone}) == len(TEXTS)


def test_it_may_be_used_from_any_thread(models: Path) -> None:
    engine = BergamotEngine(models=models)
    here = engine.translate(TEXTS, "en", "ja")
    there: list[object] = []
    thread = threading.Thread(target=lambda: there.append(engine.translate(TEXTS, "en", "ja")))
    thread.start()
    thread.join()
    assert there == [here]


def test_the_version_changes_with_the_model(models: Path, tmp_path: Path) -> None:
    marian_int8(tmp_path / "en-ja", seed=1)
    first, second = BergamotEngine(models=models), BergamotEngine(models=tmp_path)
    first.check(), second.check()
    assert first.version != second.version
    again = BergamotEngine(models=models, threads=2)
    again.check()
    assert again.version == first.version


def test_a_text_that_is_too_long_is_an_error_and_the_others_are_not(models: Path) -> None:
    engine = BergamotEngine(models=models, most_characters=40)
    short, long = engine.translate(["It holds.", "It holds. " * 5], "en", "ja")
    assert short.text
    assert long.text is None
    assert "50 characters" in long.error


def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    engine = BergamotEngine(models=tmp_path)
    with pytest.raises(EngineMissing, match=r"manage\.py fetch_model"):
        engine.translate(["A."], "en", "ja")
    assert engine.version == "en-ja without a model"


def test_another_language_pair_is_not_guessed_at(models: Path) -> None:
    with pytest.raises(EngineMissing, match="set up for en-ja, not for en-ko"):
        BergamotEngine(models=models).translate(["A."], "en", "ko")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("model.enja.intgemm.alphas.bin", b"", "cannot be loaded", id="empty model"),
        pytest.param("model.enja.intgemm.alphas.bin", b"x" * 99, "cannot be loaded", id="junk"),
        pytest.param("trgvocab.enja.spm", None, "not complete", id="vocabulary is missing"),
    ],
)
def test_a_broken_model_says_what_to_do(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    folder = marian_int8(tmp_path / "en-ja")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(EngineMissing, match=message) as caught:
        BergamotEngine(models=tmp_path).check()
    assert "fetch_model" in str(caught.value)


class Mirror:
    """A server with a list of models and their files, as Mozilla has them."""

    def __init__(self, server: FileServer) -> None:
        self.server = server
        self.pinned: list[ModelFile] = []
        self.contents: dict[str, bytes] = {}
        self._records: list[dict[str, object]] = []

    @staticmethod
    def path(name: str) -> str:
        return f"/main-workspace/translations-models-v2/{name}.zst"

    def add(self, name: str, content: bytes, *, claimed: str = "") -> None:
        sha256 = claimed or hashlib.sha256(content).hexdigest()
        location = self.path(name).removeprefix("/")
        self._records.append(
            {
                "name": name,
                "fileType": name.split(".")[0],
                "sourceLanguage": "en",
                "targetLanguage": "ja",
                "version": "3.0",
                "architecture": "base-memory",
                "decompressedHash": sha256,
                "attachment": {"location": location},
            }
        )
        self.contents[name] = content
        self.pinned.append(ModelFile(name, sha256))
        self.server.files[self.path(name)] = zstandard.compress(content)
        self.server.files["/records"] = json.dumps({"data": self._records}).encode()

    def fetch(self, models: Path, **options: object) -> Path:
        return fetch_model(
            "en-ja",
            models,
            pinned=tuple(self.pinned),
            records_url=f"{self.server.url}records",
            attachments_url=self.server.url,
            **options,  # type: ignore[arg-type]
        )


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with FileServer() as server:
        mirror = Mirror(server)
        mirror.add("model.enja.bin", random.Random(0).randbytes(200_000))
        mirror.add("srcvocab.enja.spm", b"source vocabulary")
        yield mirror


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}


def test_a_model_is_fetched_with_progress(mirror: Mirror, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    folder = mirror.fetch(tmp_path, progress=lambda *told: seen.append(told))
    assert folder == tmp_path / "en-ja"
    assert contents(folder) == mirror.contents
    told = [(done, total) for name, done, total in seen if name == "model.enja.bin"]
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_a_model_is_fetched_once(mirror: Mirror, tmp_path: Path) -> None:
    mirror.fetch(tmp_path)
    asked = len(mirror.server.ranges)
    mirror.fetch(tmp_path)
    assert len(mirror.server.ranges) == asked


def test_a_file_that_was_damaged_is_fetched_again(mirror: Mirror, tmp_path: Path) -> None:
    (mirror.fetch(tmp_path) / "srcvocab.enja.spm").write_bytes(b"damaged")
    assert contents(mirror.fetch(tmp_path)) == mirror.contents


@pytest.mark.parametrize("knows_ranges", [True, False], ids=["goes on", "starts again"])
def test_a_download_that_was_left_half_done_is_finished(
    mirror: Mirror, tmp_path: Path, knows_ranges: bool
) -> None:
    mirror.server.knows_ranges = knows_ranges
    part = tmp_path / "en-ja" / "model.enja.bin.zst.part"
    part.parent.mkdir()
    part.write_bytes(mirror.server.files[mirror.path("model.enja.bin")][:1000])
    assert contents(mirror.fetch(tmp_path)) == mirror.contents
    assert "bytes=1000-" in mirror.server.ranges


def test_a_connection_that_is_lost_is_taken_up_where_it_was(mirror: Mirror, tmp_path: Path) -> None:
    mirror.server.cuts[mirror.path("model.enja.bin")] = 5000
    assert contents(mirror.fetch(tmp_path)) == mirror.contents
    assert "bytes=5000-" in mirror.server.ranges


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(mirror: Mirror, tmp_path: Path, status: int) -> None:
    mirror.server.refusals = [status]
    assert contents(mirror.fetch(tmp_path)) == mirror.contents


def test_a_file_that_is_not_there_is_named(mirror: Mirror, tmp_path: Path) -> None:
    del mirror.server.files[mirror.path("srcvocab.enja.spm")]
    with pytest.raises(FetchError, match=r"srcvocab\.enja\.spm could not be fetched: .* 404"):
        mirror.fetch(tmp_path)


def test_what_has_another_checksum_is_thrown_away(mirror: Mirror, tmp_path: Path) -> None:
    mirror.add("lex.enja.bin", b"not what it says", claimed="0" * 64)
    with pytest.raises(FetchError, match=r"lex\.enja\.bin .* is not the file that was expected"):
        mirror.fetch(tmp_path)
    assert set(contents(tmp_path / "en-ja")) == {"model.enja.bin", "srcvocab.enja.spm"}


def test_a_part_of_another_file_is_not_built_upon(mirror: Mirror, tmp_path: Path) -> None:
    part = tmp_path / "en-ja" / "srcvocab.enja.spm.zst.part"
    part.parent.mkdir()
    part.write_bytes(b"left over from another version, and longer than the file itself is now")
    with pytest.raises(FetchError, match="try again"):
        mirror.fetch(tmp_path)
    assert contents(mirror.fetch(tmp_path)) == mirror.contents


def test_a_model_that_is_no_longer_listed_is_named(mirror: Mirror, tmp_path: Path) -> None:
    mirror.pinned.append(ModelFile("trgvocab.enja.spm", "1" * 64))
    with pytest.raises(FetchError, match=r"no longer has the en-ja file trgvocab\.enja\.spm"):
        mirror.fetch(tmp_path)


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(b"<html>", id="no JSON"),
        pytest.param(b"{}", id="another shape"),
        pytest.param(None, id="not found"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(
    mirror: Mirror, tmp_path: Path, records: bytes | None
) -> None:
    if records is None:
        del mirror.server.files["/records"]
    else:
        mirror.server.files["/records"] = records
    with pytest.raises(FetchError, match=r"list of models .* could not be read"):
        mirror.fetch(tmp_path)


def test_without_a_network_the_engine_waits_with_the_reason_and_does_not_hammer(
    tmp_path: Path,
) -> None:
    now = [0.0]
    engine = BergamotEngine(
        models=tmp_path,
        fetch=True,
        records_url="http://127.0.0.1:9/records",
        clock=lambda: now[0],
    )
    for _ in range(2):
        with pytest.raises(EngineMissing, match="could not be fetched"):
            engine.check()
    with FileServer() as server:
        server.files["/records"] = b'{"data": []}'
        engine._records_url = f"{server.url}records"
        with pytest.raises(EngineMissing, match="refused"):
            engine.check()
        assert server.ranges == []
        now[0] += SECONDS_BETWEEN_FETCHES
        with pytest.raises(EngineMissing, match="no longer has"):
            engine.check()
        assert len(server.ranges) == 1


def test_the_pinned_model_is_complete() -> None:
    kinds = {file.name.split(".")[0] for file in PINNED["en-ja"]}
    assert kinds == {"model", "lex", "srcvocab", "trgvocab"}
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in PINNED["en-ja"])
