"""A small clamd that speaks INSTREAM on a local socket, and calls infected what holds a harmless word of ours."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from files.uploads import checked

BAD = b"THIS WORD STANDS FOR A VIRUS"


class Clamd:
    """Answers one file after the other; `says` overrides what it would find."""

    def __init__(self, path: Path):
        self.seen: list[bytes] = []
        self.says: bytes | None = None
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listening.bind(str(path))
        self.listening.listen()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                line, _who = self.listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as coming:
                if coming.read(10) != b"zINSTREAM\0":
                    return
                content = b""
                while length := struct.unpack("!I", coming.read(4))[0]:
                    content += coming.read(length)
                self.seen.append(content)
                verdict = b"stream: Test.Word FOUND\0" if BAD in content else b"stream: OK\0"
                line.sendall(verdict if self.says is None else self.says)

    def stop(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join()


@pytest.fixture
def clamd(tmp_path_factory, settings) -> Iterator[Clamd]:
    path = Path(tmp_path_factory.mktemp("c")) / "s"
    started = Clamd(path)
    settings.CLAMD = f"unix://{path}"
    yield started
    started.stop()


def pdf(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n" + content)


def test_a_harmless_file_is_shown_whole_and_taken(clamd):
    file = pdf(b"x" * 200_000)
    assert checked(file) == ("plan.pdf", "pdf")
    assert clamd.seen == [file.read()]  # and it stands at its beginning again


def test_what_the_scanner_finds_is_not_taken(clamd):
    with pytest.raises(ValidationError, match="found something"):
        checked(pdf(b"x" * 70_000 + BAD))


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but\0"])
def test_a_scanner_that_does_not_say_that_all_is_well_lets_nothing_in(clamd, says):
    clamd.says = says
    with pytest.raises(ValidationError, match="cannot be checked"):
        checked(pdf())


@pytest.mark.parametrize("address", ["unix:///nowhere/clamd.sock", "tcp://127.0.0.1:9"])
def test_a_scanner_that_is_away_lets_nothing_in(settings, address):
    settings.CLAMD = address
    with pytest.raises(ValidationError, match="cannot be checked"):
        checked(pdf())


def test_without_a_scanner_files_are_taken_as_before():
    assert checked(pdf()) == ("plan.pdf", "pdf")
