"""To focal points: that they were named, that they are no longer, and that people wait for their word."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from accounts import clock_words
from accounts.models import Organization, User
from outbox.actions import write_letter
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import FocalPoint

WAITING = "people_to_confirm"
type Words = str | Promise


def last_day(focal_point: FocalPoint) -> str:
    """Of the term, on the clocks of the organization."""
    return clock_words.day(
        (focal_point.until - timedelta(seconds=1)).astimezone(focal_point.organization.zone)
    )


def named(focal_point: FocalPoint, *, now: datetime) -> None:
    """Also when they were named again, with another term."""
    with reading_as(focal_point.person):
        named = {"organization": focal_point.organization.name_shown, "day": last_day(focal_point)}
        paragraphs: list[Words] = [
            gettext_lazy("The secretariat named you as a focal point of %(organization)s, until %(day)s.")
            % named,
            gettext_lazy(
                "You say who is of %(organization)s: people who write that they act for it wait for your word, "
                "or for that of another focal point. You also see which sessions they are registered for."
            )
            % named,
            gettext_lazy(
                "You see what people said of themselves, so sign in with care, and tell nobody your codes."
            ),
        ]
        subject = gettext_lazy("You are a focal point of %(organization)s") % named
        key = f"focal_point_named/{focal_point.pk}/{focal_point.until.isoformat()}/{now.isoformat()}"
        send("focal_point_named", key, focal_point.person, subject, paragraphs, now=now, page=True)


def ended(focal_point: FocalPoint, *, now: datetime) -> None:
    with reading_as(focal_point.person):
        named = {"organization": focal_point.organization.name_shown, "day": last_day(focal_point)}
        reasons: dict[str, Words] = {
            FocalPoint.End.STAFF: gettext_lazy("The secretariat ended it."),
            FocalPoint.End.TERM: gettext_lazy(
                "Your term ended on %(day)s. If you are to go on, ask the secretariat to name you again."
            )
            % named,
            FocalPoint.End.CLAIM: gettext_lazy("You no longer act for %(organization)s.") % named,
        }
        paragraphs: list[Words] = [
            gettext_lazy("You are no longer a focal point of %(organization)s.") % named,
            reasons[focal_point.end],
            gettext_lazy(
                "What you confirmed stays, and so do your own registrations. Thank you for your work."
            ),
        ]
        subject = gettext_lazy("No longer a focal point of %(organization)s") % named
        key = f"focal_point_ended/{focal_point.pk}"
        send("focal_point_ended", key, focal_point.person, subject, paragraphs, now=now)


def people_wait(person: User, waiting: Sequence[tuple[Organization, int]], *, now: datetime) -> Letter | None:
    """How many of each organization, and no names: who they are stands behind a sign-in."""
    with reading_as(person):
        lines = [
            ngettext(
                "%(organization)s: %(count)d person says that they act for it.",
                "%(organization)s: %(count)d people say that they act for it.",
                count,
            )
            % {"organization": organization.name_shown, "count": count}
            for organization, count in waiting
        ]
        total = sum(count for _organization, count in waiting)
        paragraphs: list[Words] = [
            *lines,
            gettext_lazy("Do you know them? Confirm them, or say that they are not of your organization."),
            gettext_lazy("You get this letter once a day at most, and only when somebody waits."),
        ]
        subject = ngettext(
            "%(count)d person waits for your word", "%(count)d people wait for your word", total
        ) % {"count": total}
        key = f"{WAITING}/{person.pk}/{now.isoformat()}"
        return send(WAITING, key, person, subject, paragraphs, now=now, page=True)


def send(
    kind: str,
    key: str,
    person: User,
    subject: Words,
    paragraphs: Sequence[Words],
    *,
    now: datetime,
    page: bool = False,
) -> Letter | None:
    return write_letter(
        NewLetter(
            kind=kind,
            key=key,
            person=person,
            template=f"focal_points/{kind}",
            context={
                "note_subject": subject,
                "paragraphs": paragraphs,
                "page": link_to("focal_points:endorsements") if page else "",
            },
            now=now,
        )
    )
