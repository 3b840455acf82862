"""A letter that is to be written, as a value: the room that tells the news makes it, outbox/actions.py writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from outbox.reading import language_of, zone_of
from outbox.rendering import Rendered, render
from outbox.unsubscribing import unsubscribe_url


@dataclass(frozen=True, kw_only=True)
class NewLetter:
    """What a letter says, to whom, and how it goes. What is longer than its place in the frame is cut as it is written.

    Make it within `reading_as`, so that what stands in `context` is worded as it will be read.
    """

    kind: str
    """Its kind ("confirmation"), as its room names it for staff in `letter_kinds.py`. At most 50 characters."""
    key: str
    """What, about which row, to whom, which occurrence ("confirmed/registration/12/1"): a letter is written once."""
    about: Model | None = None
    """The row that it tells of; by it the letter is found again (outbox/about.py)."""
    is_first: bool = False
    """The row is new: no letter about it can be waiting, to go before this one (outbox/holding.py)."""

    person: AbstractBaseUser | None
    """Whom it is to; None where nobody, or nobody yet, has the address."""
    to: str = ""
    """The address, where it is not the person's own."""
    language: str = ""
    """In which it is read, as a code ("fr"); empty for the person's, without a person for the one that is set."""
    zone: tzinfo = None  # type: ignore[assignment]  # never None: it is filled in as the language is
    """By which clock it is read; None for the person's, without a person for the one that is set."""

    template: str
    """`mail/<template>.subject.txt`, `.txt` and `.html`, under `templates/`."""
    context: Mapping[str, object]
    """What its templates know, beside the person, from_name and reply_to."""
    words: Rendered | None = None
    """The subject, text and HTML where they are made already, as for news to many; else they are made from the template."""

    from_name: str = ""
    """In whose name it goes; empty for the station's."""
    reply_to: str = ""
    """The address that answers go to; empty for the station's."""
    calendar: str = ""
    """An .ics file that goes with it; empty for none."""
    calendar_method: str = ""
    """What a calendar is to do with it (REQUEST, CANCEL)."""

    transactional: bool = True
    """False of news that a person may refuse: it carries the one-click way out of RFC 8058, so it is worded for each."""
    secret: bool = False
    """It opens a door, as a code to sign in does: its text is forgotten once it is sent."""
    urgent: bool = False
    """Somebody sits and waits for it: it goes before the others."""
    at_any_hour: bool = False
    """It is about the next hours, so it does not wait for the morning, although letters of its kind can."""
    useless_after: datetime | None = None
    """After it the letter says nothing any more, so it is not sent; None for when news is (outbox/expiry.py)."""
    now: datetime | None = None
    """When it is written; None for the moment at which it is."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", self.language or language_of(self.person))
        object.__setattr__(self, "zone", self.zone or zone_of(self.person))

    @cached_property
    def way_out(self) -> str:
        """The page where letters of this kind are refused; empty where they cannot be. Its address is signed: made once."""
        if self.transactional:
            return ""
        return unsubscribe_url(person=self.person, kind=self.kind, language=self.language)


def worded(letter: NewLetter) -> Rendered:
    """Its words, made from its templates in the reader's language and clock.

    For news to many, put marks that occur nowhere else in place of what is each one's own, word it once, and give each of
    the others `words=worded(letter).filled(...)`.
    """
    frame = {
        "person": letter.person,
        "from_name": letter.from_name,
        "reply_to": letter.reply_to,
        "unsubscribe_url": letter.way_out,
    }
    return render(letter.template, {**frame, **letter.context}, language=letter.language, zone=letter.zone)
