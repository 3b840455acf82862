"""Documents that the station sends by itself: whole, in parts, and few large ones at once."""

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from files import sending
from files.downloads import send_file
from files.folder import Folder
from learning_station.compression import CompressionMiddleware

pytestmark = pytest.mark.django_db  # the end of an answer looks after the connection
CONTENT = bytes(range(256)) * 40  # 10,240 bytes


@pytest.fixture
def document(tmp_path):
    store = Folder(location=tmp_path)
    name = store.save("materials/film.mp4", ContentFile(CONTENT))

    class Named:
        storage = store

    Named.name = name
    return Named


def asked(document, method="get", **headers):
    request = getattr(RequestFactory(), method)("/materials/1/file/", headers=headers)
    answer = CompressionMiddleware(lambda _request: send_file(request, document, "film.mp4"))(request)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer, body


@pytest.mark.parametrize(
    ("asks", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=10000-", 10_000, 10_239),
        ("bytes=10000-99999", 10_000, 10_239),
        ("bytes=-40", 10_200, 10_239),
        ("bytes=-99999", 0, 10_239),
    ],
)
def test_a_part_is_sent_to_whom_asks_for_it(document, asks, first, last):
    answer, body = asked(document, Range=asks, **{"Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert body == CONTENT[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/10240"
    assert answer["Content-Length"] == str(len(body))
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"] == 'attachment; filename="film.mp4"'
    assert answer["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("asks", ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "lines=1-2", "bytes=1", ""])
def test_what_is_no_range_or_several_brings_the_whole(document, asks):
    answer, body = asked(document, Range=asks, **{"Accept-Encoding": "gzip"})
    assert (answer.status_code, body) == (200, CONTENT)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Length"] == "10240"


@pytest.mark.parametrize("asks", ["bytes=10240-", "bytes=99999-99999", "bytes=-0"])
def test_a_part_that_is_not_there_is_said_so(document, asks):
    answer, body = asked(document, Range=asks)
    assert (answer.status_code, body) == (416, b"")
    assert answer["Content-Range"] == "bytes */10240"


def test_a_download_goes_on_where_it_broke_off_unless_it_is_another_file_by_now(document):
    whole, _body = asked(document)
    again, rest = asked(document, Range="bytes=5000-", **{"If-Range": whole["ETag"]})
    assert (again.status_code, rest) == (206, CONTENT[5000:])
    other, body = asked(document, Range="bytes=5000-", **{"If-Range": '"another"'})
    assert (other.status_code, body) == (200, CONTENT)


def test_head_tells_how_long_it_is(document):
    answer, _body = asked(document, "head", Range="bytes=0-9")
    assert (answer.status_code, answer["Content-Length"]) == (200, "10240")


def test_few_large_ones_are_sent_at_once_and_each_gives_its_turn_back(document, monkeypatch):
    monkeypatch.setattr(sending, "LARGE", 1000)
    request = RequestFactory().get("/")
    sent = [send_file(request, document, "film.mp4") for _turn in range(sending.AT_ONCE)]
    refused = send_file(request, document, "film.mp4")
    assert refused.status_code == 503
    assert refused["Retry-After"] == "60"
    assert "Wait a minute and open this one again." in refused.text
    part, body = asked(document, Range="bytes=0-99")
    assert (part.status_code, len(body)) == (206, 100), "a small one takes no turn"
    assert asked(document, "head")[0].status_code == 200
    for answer in sent:
        answer.close()
    # By part, too; and none is lost, however often.
    for _time in range(2 * sending.AT_ONCE):
        assert asked(document, Range="bytes=1-")[0].status_code == 206
        assert asked(document, Range="bytes=10240-")[0].status_code == 416
    assert asked(document)[0].status_code == 200
