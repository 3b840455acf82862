"""A letter as the bytes that a mail server takes."""

import email.policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.message import Message as MailMessage
from email.policy import Policy
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from outbox.headers import HEADERS
from outbox.models import Letter


class Message(EmailMultiAlternatives):
    """In seven bits: no mail server on the way has a reason to rewrite it, which would break signatures."""

    def message(self, *, policy: "Policy[MailMessage[str, str]] | None" = None) -> EmailMessage:
        ours = (policy or email.policy.default).clone(  # type: ignore[call-arg]  # of EmailPolicy
            cte_type="7bit", header_factory=HEADERS
        )
        return super().message(policy=ours)


def message_of(letter: Letter) -> Message:
    """Raises ValueError when the letter cannot be put into a message, as with an address that is none."""
    message = Message(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(letter),
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            **letter.headers,
            "Message-ID": letter.message_id,
            "Date": format_datetime(letter.written_at),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no vacation notice answers it
            "X-Auto-Response-Suppress": "All",  # the same, for Exchange
        },
    )
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        add_calendar(message, letter)
    return message


def sender(letter: Letter) -> str:
    """Always our own address, which our servers may sign for; the host's name before it, its address in Reply-To."""
    station_name, our_address = parseaddr(settings.LETTERS_FROM)
    return str(Address(display_name=letter.from_name or station_name, addr_spec=our_address))


def add_calendar(message: Message, letter: Letter) -> None:
    """Gmail and Outlook act on the part with a method (RFC 6047); Apple's and others offer the attached file."""
    if letter.calendar_method:
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    message.attach("invite.ics", letter.calendar.encode(), "application/ics")
