"""FILES_URL: what it says, and what is no address. Against a real storage: tests/servers/test_files.py."""

import sys
import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from files.address import PATIENCE, private_files

FOLDER = Path("/private")


def options(url: str, **more) -> dict:
    entry = private_files(url, folder=FOLDER, **{"kind": "web", "production": True} | more)
    assert entry["BACKEND"] == "files.bucket.Bucket"
    return entry["OPTIONS"]


def test_without_an_address_documents_lie_in_the_folder():
    assert private_files("", folder=FOLDER, kind="web", production=True) == {
        "BACKEND": "files.folder.Folder",
        "OPTIONS": {"location": FOLDER},
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "s3://AKIA:se%2Fcret%2Bword%40%3A@s3.eu-west-1.example/papers?region=eu-west-1",
            {
                "endpoint_url": "https://s3.eu-west-1.example",
                "access_key": "AKIA",
                "secret_key": "se/cret+word@:",
                "bucket_name": "papers",
                "location": "",
                "region_name": "eu-west-1",
                "addressing_style": "path",
            },
        ),
        (
            "s3://k:s@Files.Example:9000/city.papers-1/station/live/?style=host",
            {
                "endpoint_url": "https://Files.Example:9000",
                "bucket_name": "city.papers-1",
                "location": "station/live",
                "region_name": "us-east-1",
                "addressing_style": "virtual",
            },
        ),
        # A machine that the storage trusts by its role has no key.
        ("s3://[fd00::7]:9000/papers", {"endpoint_url": "https://[fd00::7]:9000", "access_key": None}),
        ("s3://k:a+b@h.example/papers", {"secret_key": "a+b"}),
    ],
)
def test_an_address_says_where_and_with_which_key(url, expected):
    read = options(url)
    assert {name: read[name] for name in expected} == expected


@pytest.mark.parametrize("kind", PATIENCE)
def test_who_waits_for_the_storage_waits_as_long_as_their_work_bears(kind):
    assert options("s3://k:s@h.example/papers", kind=kind)["patience"] == PATIENCE[kind]
    assert PATIENCE["web"].connect + PATIENCE["web"].read < 10
    assert PATIENCE["web"].tries == 1


MALFORMED = {
    "https://k:topsecret@h.example/papers": "begins with s3://",
    "papers": "begins with s3://",
    "s3:///papers": "names no host",
    "s3://k:topsecret@/papers": "names no host",
    "s3://k:topsecret@h.example": "names no bucket",
    "s3://k:topsecret@h.example/": "names no bucket",
    "s3://k:topsecret@h.example/a": "names no bucket",
    "s3://k:topsecret@h.example/pa pers": "names no bucket",
    "s3://k:top/secret@h.example/papers": "Host or port",  # a secret that was not encoded
    "s3://k:topsecret@h.example:90x/papers": "Host or port",
    "s3://k:topsecret@[fd00::7/papers": "Host or port",
    "s3://k@h.example/papers": "key without a secret",
    "s3://:topsecret@h.example/papers": "key without a secret",
    "s3://k:topsecret@h.example/papers#part": "written %23",
    "s3://k:topsecret@h.example/papers?zone=1": "region=… and style=",
    "s3://k:topsecret@h.example/papers?style=dns": "region=… and style=",
    "s3://k:topsecret@h.example/papers?region": "after the ?",
    "s3+http://k:topsecret@h.example/papers": "in production that is s3://",
}


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_address_is_refused_with_a_sentence_and_without_the_secret(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        options(url)
    sentence = "".join(traceback.format_exception(refused.value)).rpartition("ImproperlyConfigured: ")[2]
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    assert MALFORMED[url] in sentence
    assert "FILES_URL" in sentence
    assert "topsecret" not in sentence
    assert "secret@h" not in sentence


def test_without_tls_only_on_a_desk():
    assert (
        options("s3+http://k:s@127.0.0.1:9/papers", production=False)["endpoint_url"] == "http://127.0.0.1:9"
    )


def test_no_machine_without_an_address_loads_what_talks_to_a_storage():
    """It takes a second and thirty megabytes. Here all of the station is loaded, as far as tests came."""
    assert "files.bucket" in sys.modules or not {"boto3", "botocore", "storages"} & set(sys.modules)
