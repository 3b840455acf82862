"""To a person whose claim was confirmed, or not."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts import clock_words
from outbox.actions import write_letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import Claim


def confirmed(claim: Claim, *, now: datetime) -> None:
    assert claim.confirmed_until
    with reading_as(claim.person):
        named = {"organization": claim.organization.name_shown}
        until = clock_words.day(claim.confirmed_until)
        paragraphs: list[str | Promise] = [
            gettext_lazy("It is confirmed that you act for %(organization)s.") % named,
            gettext_lazy("What is kept for members is open to you: nothing else has to be done."),
            gettext_lazy(
                "It counts until %(until)s, as long as you keep this e-mail address; then it is asked again."
            )
            % {"until": until},
        ]
        subject: str | Promise = gettext_lazy("You act for %(organization)s: confirmed") % named
        send("membership_confirmed", claim, subject, paragraphs, now=now)


def refused(claim: Claim, *, now: datetime) -> None:
    with reading_as(claim.person):
        named = {"organization": claim.organization.name_shown}
        paragraphs: list[str | Promise] = [
            gettext_lazy("We could not confirm that you act for %(organization)s.") % named,
            gettext_lazy(
                "What is open to everyone stays open to you, and places that you have stay yours. A place that was only "
                "held for you goes to the next in line."
            ),
            gettext_lazy(
                "Is that a mistake? Answer this letter, and say in which department you work and who can confirm it."
            ),
        ]
        subject: str | Promise = gettext_lazy("Not confirmed: that you act for %(organization)s") % named
        send("membership_refused", claim, subject, paragraphs, now=now)


def send(
    kind: str, claim: Claim, subject: str | Promise, paragraphs: Sequence[str | Promise], *, now: datetime
) -> None:
    write_letter(
        NewLetter(
            kind=kind,
            key=f"{kind}/{claim.pk}/{now.isoformat()}",
            person=claim.person,
            template="account_note",
            context={"note_subject": subject, "paragraphs": paragraphs},
            now=now,
        )
    )
