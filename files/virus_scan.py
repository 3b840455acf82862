"""Documents from people are shown to clamd, ClamAV's server, where the operator runs one (the variable CLAMD).

The protocol is clamd's INSTREAM: the file in pieces, each after its length in four bytes, then a length of zero; the answer
is one line, "stream: OK" or "stream: NAME FOUND" (man clamd). When the scanner does not answer, nothing is taken unseen.
"""

import logging
import socket
import struct
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PIECE = 64 * 1024  # bytes
PATIENCE = 20  # seconds, for each step

logger = logging.getLogger(__name__)


def refuse_infected(file: IO[bytes]) -> None:
    """Raises ValidationError when the scanner finds something, or cannot say. Without a scanner nothing happens."""
    if not settings.CLAMD:
        return
    try:
        answer = ask(settings.CLAMD, file)
    except OSError as error:
        logger.error("The virus scanner does not answer: %s", error)
        answer = ""
    finally:
        file.seek(0)
    if answer.endswith(" FOUND"):
        logger.warning("A file was refused: %s", answer)
        raise ValidationError(
            _("The virus scanner found something in this file, so it is not taken. Have it looked at."),
            code="infected",
        )
    if answer != "stream: OK":
        logger.error("The virus scanner said: %s", answer)
        raise ValidationError(
            _("Files cannot be checked for viruses at the moment, so none is taken. Try again in a while."),
            code="not_scanned",
        )


def ask(address: str, file: IO[bytes]) -> str:
    """What clamd at `unix:///path` or `tcp://host:port` says of the file. Raises OSError."""
    with connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        file.seek(0)
        while piece := file.read(PIECE):
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=PATIENCE)
