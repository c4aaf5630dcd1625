"""Files of exports are sent whole or in part, so that a download that broke off goes on."""

import hashlib

import pytest
from django.core.files.storage import Storage

from apps.public.exports.serve.download import ByteRange, Unsatisfiable, byte_range
from apps.public.models import ExportRun, ExportStatus
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


class ElsewhereStorage(Storage):
    """A storage that serves its files itself."""

    def url(self, name):
        return f"https://files.example.org/{name}"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes= 10 - 19", (10, 19)),
        ("bytes=0-0", (0, 0)),
        ("bytes=99-", (99, 99)),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("bytes=0-1,5-9", None),
        ("lines=0-9", None),
        ("bytes=a-b", None),
        ("bytes=١-٢", None),
    ],
)
def test_ranges_are_read_as_the_standard_has_them(header, found):
    assert byte_range(header, 100) == (None if found is None else ByteRange(*found))


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_without_a_byte_is_refused(header):
    with pytest.raises(Unsatisfiable):
        byte_range(header, 100)


@pytest.fixture
def file(make) -> tuple[str, bytes]:
    """The address of a file that was exported, and what is in it."""
    publish_paper()
    export = make()
    name = "papers.jsonl.gz"
    return f"/exports/{export.name}/{name}", (export / name).read_bytes()


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_is_sent_with_its_digest_as_its_tag(client, file):
    address, there = file
    response = client.get(address)
    assert response.status_code == 200
    assert body(response) == there
    assert response["ETag"] == f'"{hashlib.sha256(there).hexdigest()}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(there))
    assert response["Content-Type"] == "application/gzip"
    head = client.head(address)
    assert (head["Content-Length"], head.content) == (str(len(there)), b"")


def test_a_download_goes_on_where_it_broke_off(client, file):
    address, there = file
    tag = client.head(address)["ETag"]
    rest = client.get(address, headers={"Range": "bytes=40-", "If-Range": tag})
    assert rest.status_code == 206
    assert rest["Content-Range"] == f"bytes 40-{len(there) - 1}/{len(there)}"
    assert there[:40] + body(rest) == there


@pytest.mark.parametrize("condition", ['"other"', "Sun, 01 Mar 2026 00:00:00 GMT", "nonsense"])
def test_another_file_is_sent_from_its_beginning(client, file, condition):
    address, there = file
    response = client.get(address, headers={"Range": "bytes=40-", "If-Range": condition})
    assert (response.status_code, body(response)) == (200, there)


def test_conditions_and_impossible_ranges_are_answered(client, file):
    address, there = file
    tag = client.head(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    refused = client.get(address, headers={"Range": f"bytes={len(there)}-"})
    assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{len(there)}")


def test_pages_of_other_sites_may_fetch_in_parts(client, file):
    response = client.get(file[0], headers={"Range": "bytes=0-3", "Origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Content-Range" in response["Access-Control-Expose-Headers"]


def test_only_files_of_complete_exports_are_served(client, file):
    folder = file[0].split("/")[2]
    assert client.get(f"/exports/{folder}/manifest.json").status_code == 200
    assert client.get(f"/exports/{folder}/SHA256SUMS").status_code == 200
    for name in ("nothing.jsonl.gz", "..", "%2e%2e%2fmanifest.json", "manifest.json/x"):
        assert client.get(f"/exports/{folder}/{name}").status_code == 404
    ExportRun.objects.update(status=ExportStatus.RUNNING)
    assert client.get(file[0]).status_code == 404
    assert client.get(f"/exports/{folder}/manifest.json").status_code == 404


def test_a_file_that_the_storage_lost_is_not_there(client, file, folder):
    (folder.parent / file[0].lstrip("/")).unlink()
    assert client.get(file[0]).status_code == 404


def test_a_storage_that_serves_its_files_is_asked_itself(client, file, settings):
    settings.STORAGES = settings.STORAGES | {
        "exports": {"BACKEND": f"{__name__}.{ElsewhereStorage.__name__}"}
    }
    response = client.get(file[0])
    assert response.status_code == 302
    assert response["Location"] == file[0].replace("/exports", "https://files.example.org", 1)
