"""What the mail server's answers mean for a letter (RFC 5321, 4.2.1: 4yz is for now, 5yz is for good)."""

import smtplib
from dataclasses import dataclass

CLOSING = 421  # "service not available, closing transmission channel", at any stage


@dataclass(frozen=True)
class DeliveryFailure:
    reason: str
    permanent: bool = False  # no later try can help
    server: bool = False  # the mail server itself is ill or refuses us: every letter would meet this
    certain: bool = False  # it did not even come to a letter, so it cannot be the letter's fault


def failure_of(error: Exception, *, connected: bool) -> DeliveryFailure:
    """`connected` says whether the mail server had let us in before."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return DeliveryFailure(said(code, answer), permanent=500 <= code < 600, server=code == CLOSING)
    if isinstance(error, smtplib.SMTPDataError):  # this letter's contents or size, or the server's disk
        return DeliveryFailure(said(error.smtp_code, error.smtp_error), server=error.smtp_code == CLOSING)
    if isinstance(error, smtplib.SMTPResponseException):  # greeting, HELO, log-in, sender
        return DeliveryFailure(said(error.smtp_code, error.smtp_error), server=True, certain=True)
    if isinstance(
        error, (smtplib.SMTPException, OSError)
    ):  # refused, hung up, timed out, no such host, bad certificate
        return DeliveryFailure(f"{type(error).__name__}: {error}", server=True, certain=not connected)
    if isinstance(error, ValueError):  # it cannot be put into a message, as with an address that is none
        return DeliveryFailure(f"{type(error).__name__}: {error}", permanent=True)
    return DeliveryFailure(f"{type(error).__name__}: {error}")


def said(code: int, answer: bytes | str) -> str:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"The mail server answered {code} {words}"
