"""An error is told by letter to the addresses of ERRORS_TO.

Not through the outbox: its rows are in the database, which may be what is away. Each letter goes straight to the mail
server, in a thread that no page waits for. The same error is told once an hour, and all errors of one process together ten
times: a storm of errors must not become a storm of letters.

What a letter says: which error, where, and the way there through the code. No address of a page, which may hold a secret,
nothing that was typed, and of the database's own words the first line only, since the next would quote the row.
"""

import logging
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import formatdate

from django.conf import settings
from django.core.mail import EmailMessage

from .away import database_is_away

logger = logging.getLogger(__name__)

# For the same error, and for the count of all.
AN_HOUR = 3600.0
MOST_AN_HOUR = 10


@dataclass
class Ledger:
    """What was told when. For one process; a station has a handful."""

    seconds: float = AN_HOUR
    most: int = MOST_AN_HOUR
    _told: dict[str, float] = field(default_factory=dict)
    _since: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, name: str, now: float) -> int | None:
        """How often it happened since it was last told, this time included. None when it is not to be told now."""
        with self._lock:
            self._told = {earlier: at for earlier, at in self._told.items() if now - at < self.seconds}
            if name in self._since or len(self._since) < 1000:
                self._since[name] = self._since.get(name, 0) + 1
            if name in self._told or len(self._told) >= self.most:
                return None
            self._told[name] = now
            return self._since.pop(name, 1)


class ErrorLetters(logging.Handler):
    def __init__(self, to: Sequence[str]) -> None:
        super().__init__(level=logging.ERROR)
        self.to = list(to)
        self.ledger = Ledger()

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("django.security"):  # somebody knocks at wrong doors: no error of ours
            return
        name = name_of(record)
        times = self.ledger.note(name, time.monotonic())
        if times is not None:
            letter = (f"[{settings.STATION_NAME}] {name}", contents(record, name, times))
            threading.Thread(target=self.send, args=letter, name="error letter", daemon=True).start()

    def send(self, subject: str, body: str) -> None:
        try:
            EmailMessage(subject, body, settings.SERVER_EMAIL, self.to).send()
        except Exception as error:  # a failure to tell of failures is told to the log alone
            logger.warning("The letter about an error did not go out: %s: %s", type(error).__name__, error)


def name_of(record: logging.LogRecord) -> str:
    """The same for what is the same error: its kind, and the line of ours that it came from."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return f"An error in {record.name}, line {record.lineno}"
    if database_is_away(error):
        return "The database is away, overloaded or locked"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(settings.BASE_DIR))]
    ours = [frame for frame in ours if "site-packages" not in frame.filename] or frames
    if not ours:
        return type(error).__name__
    place = ours[-1].filename.removeprefix(f"{settings.BASE_DIR}/")
    return f"{type(error).__name__} in {place}, line {ours[-1].lineno}"


def contents(record: logging.LogRecord, name: str, times: int) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    lines = [f"{name}.", "", f"At: {formatdate(record.created)}"]
    if match:
        lines.append(f"On the pages: {match.route or '/'}")
    if times > 1:
        lines.append(f"It happened {times} times since the last letter about it.")
    error = record.exc_info[1] if record.exc_info else None
    if error:
        lines += [
            "",
            *(line.rstrip() for line in traceback.format_tb(error.__traceback__)),
            first_line(error),
        ]
    else:
        lines += ["", str(record.msg)]
    lines += ["", "It is told once an hour at most. Everything stands in the log."]
    return "\n".join(lines)


def first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
