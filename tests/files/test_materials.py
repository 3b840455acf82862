"""What staff give to read and watch may be larger, and a short recording too."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from files import uploads
from files.headers import headers_of
from tests.documents import MP3, MP4, OF_KIND, PDF, RECORDINGS_OF_KIND, WEBM, archive

MP4_OF_APPLE = MP4.replace(b"ftypisom", b"ftypqt  ")
AVIF = MP4.replace(b"ftypisom", b"ftypavif")
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")


def checked(name: str, body: bytes) -> tuple[str, str]:
    return uploads.checked(
        SimpleUploadedFile(name, body), uploads.MATERIALS, uploads.MATERIALS_HINT, uploads.LARGEST_MATERIAL
    )


@pytest.mark.parametrize("kind", [*OF_KIND, *RECORDINGS_OF_KIND])
def test_documents_and_recordings_are_taken_and_said_to_be_what_they_are(kind):
    assert checked(f"a.{kind}", (OF_KIND | RECORDINGS_OF_KIND)[kind]) == (f"a.{kind}", kind)
    assert headers_of(f"a.{kind}")["Content-Type"] == (uploads.CONTENT_TYPES | uploads.RECORDINGS)[kind]


@pytest.mark.parametrize("kind", RECORDINGS_OF_KIND)
def test_recordings_are_taken_for_materials_alone(kind):
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(SimpleUploadedFile(f"a.{kind}", RECORDINGS_OF_KIND[kind]))
    assert refusal.value.code == "kind"


def test_a_sound_without_a_tag_begins_with_a_frame():
    assert checked("a.mp3", b"\xff\xfb\x90\x64" + b"\0" * 40)[1] == "mp3"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.mp4", MP4_OF_APPLE, "content"),
        ("a.mp4", AVIF, "content"),
        ("a.mp4", WEBM, "content"),
        ("a.webm", MATROSKA, "content"),
        ("a.mp3", PDF, "content"),
        ("a.mp3", b"\xff\xfe\0\0", "content"),
        ("a.mp3", b"\xff", "content"),
        ("a.pdf", MP3, "content"),
        ("a.mov", MP4_OF_APPLE, "kind"),
        ("exercise.zip", archive(readme="hello"), "kind"),
    ],
)
def test_what_is_something_else_is_refused(name, body, code):
    with pytest.raises(ValidationError) as refusal:
        checked(name, body)
    assert refusal.value.code == code


def test_fifty_megabytes_are_taken_and_one_byte_more_is_not():
    most = uploads.LARGEST_MATERIAL
    assert most == 50 * 1024 * 1024
    assert checked("a.pdf", PDF + b"0" * (most - len(PDF)))[1] == "pdf"
    with pytest.raises(ValidationError) as refusal:
        checked("a.pdf", PDF + b"0" * (most - len(PDF) + 1))
    assert refusal.value.code == "too_large"
    assert "At most 50.0" in refusal.value.messages[0]
