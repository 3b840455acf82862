"""A small real mail server that does as it is told: takes letters, refuses them, hangs, hangs up.

    server.answers["RCPT"] = ["451 4.7.1 Come back later"]   # the first time; after that it takes everything
    server.always["DATA"] = HANG                             # each time, until told otherwise

Stages: CONNECT (the greeting), EHLO, MAIL, RCPT, DATA (before the text), TEXT (after it), QUIT.
What it took lies in `letters`.
"""

import email
import email.policy
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage

from tests.waiting import PATIENCE, until

HANG = "hang"  # no answer at all
DROP = "drop"  # the connection ends

USUAL = {
    "CONNECT": "220 test",
    "EHLO": "250 test",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "TEXT": "250 taken",
    "RSET": "250 ok",
    "NOOP": "250 ok",
    "QUIT": "221 bye",
}


@dataclass
class Taken:
    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)


class SmtpServer:
    def __init__(self) -> None:
        self.letters: list[Taken] = []
        self.connections = 0
        self.answers: dict[str, list[str]] = {}
        self.always: dict[str, str] = {}
        self.before_answer: Callable[[str], None] = lambda stage: None
        self._seen: dict[str, threading.Event] = {stage: threading.Event() for stage in USUAL}
        self._open: list[socket.socket] = []
        self._stopped = threading.Event()
        self.port = 0
        self.listen()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def mailers(self, timeout: float = 2) -> dict:
        """For settings.MAILERS."""
        return {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": self.port, "timeout": timeout},
            }
        }

    def listen(self) -> None:
        """Take connections (again)."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, args=(self._listener,), daemon=True)
        self._thread.start()

    def refuse(self) -> None:
        """Refuse connections from now on, as when the program is not running."""
        hang_up(self._listener)
        self._thread.join(5)

    def behave(self) -> None:
        """As if new: everything is taken, and nothing was."""
        self.answers, self.always = {}, {}
        self.before_answer = lambda stage: None
        self.letters.clear()
        for seen in self._seen.values():
            seen.clear()

    def wait_for(self, stage: str) -> None:
        """Wait until a client came so far."""
        assert self._seen[stage].wait(PATIENCE), f"Nobody came to {stage}."

    def wait_for_letters(self, number: int) -> list[Taken]:
        assert until(lambda: len(self.letters) >= number), f"{len(self.letters)} of {number} letters came."
        return self.letters

    def close(self) -> None:
        self._stopped.set()
        self.refuse()
        for connection in self._open:
            hang_up(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            self._converse(connection)
        except OSError:
            pass  # the client is gone: that is what some tests are about
        finally:
            hang_up(connection)

    def _converse(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        sender = recipient = ""
        if not self._answer(connection, "CONNECT"):
            return
        while line := lines.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            stage = "EHLO" if verb == "HELO" else verb
            if stage == "MAIL":
                sender = line.decode().partition(":")[2].split()[0].strip("<>")
            if stage == "RCPT":
                recipient = line.decode().partition(":")[2].split()[0].strip("<>")
            answer = self._answer(connection, stage)
            if not answer or stage == "QUIT":
                return
            if stage == "DATA" and answer.startswith("3"):
                taken = Taken(sender, recipient, text_of(lines))
                if not self._answer(connection, "TEXT", taken):
                    return

    def _answer(self, connection: socket.socket, stage: str, taken: Taken | None = None) -> str:
        """Say what the plan says; empty when the conversation is over."""
        waiting = self.answers.get(stage)
        answer = waiting.pop(0) if waiting else self.always.get(stage, USUAL.get(stage, "500 what?"))
        if taken and answer.startswith("2"):
            self.letters.append(taken)
        if stage in self._seen:
            self._seen[stage].set()
        self.before_answer(stage)
        if answer == HANG:
            self._stopped.wait()
            return ""
        if answer == DROP:
            return ""
        connection.sendall(answer.encode() + b"\r\n")
        return answer


def text_of(lines) -> bytes:
    text = b""
    while (line := lines.readline()) not in (b".\r\n", b""):
        text += line.removeprefix(b".") if line.startswith(b"..") else line
    return text


def hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    server = SmtpServer()
    try:
        yield server
    finally:
        server.close()
