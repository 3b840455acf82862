"""What needs a person, for the first page of the desk, within the person's hosts: a fixed number of queries.

Each room brings its cards (`attention.py` of the room); here is their order, and what tells of several rooms.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.attention import session_line, sessions_of
from catalog.models import Activity, Session
from desk.attention import SHOWN, Card, Line, Waiting, cards_for, needs_a_person
from hubs.coverage import sessions_without_agreement
from hubs.duration import ONE_DAY
from hubs.models import Agreement
from hubs.models.agreement import ENDING_SOON
from hubs.scope import in_scope, numbers_of_own_hosts, sees_all_hosts
from outbox.models import Letter, Outage, not_yet
from texts.rows import in_order

from .letter_scope import letters_within

ORDER = (
    "coming",
    "links",
    "imports",
    "overbooked",
    "attendance",
    "platform_reports",
    "certificates",
    "badges",
    "drafts",
    "speakers",
    "translations",
    "promises",
    "agreements",
    "proposals",
    "messages",
    "letters",
    "claims",
    "focal points",
    "doubles",
)
LATE = timedelta(minutes=15)
MOST = 100  # letters that are counted
BEFORE_THE_LINK = timedelta(days=2)  # today and tomorrow, wherever the host is


def what_needs_attention(person: User, now: datetime | None = None) -> list[Card]:
    return cards_for(person, now or timezone.now(), order=ORDER)


def ask_for_attention() -> None:
    needs_a_person("links", without_a_link, permission="catalog.view_session")
    needs_a_person("agreements", agreements, permission="hubs.view_agreement")
    needs_a_person("letters", letters, permission="outbox.view_letter")


def without_a_link(person: User, now: datetime) -> Card:
    """Public sessions of today and tomorrow that are held as a call, and nobody has said yet how to join."""
    held_as_a_call = sessions_of(person).exclude(activity__format=Activity.Format.IN_PERSON_PROGRAM)
    bare = held_as_a_call.filter(
        joining_link="",
        self_paced=False,
        ends_at__gt=now,
        starts_at__lt=now + BEFORE_THE_LINK,
        activity__published_at__isnull=False,
        activity__withdrawn_at=None,
    )
    sessions = bare.with_next(now).filter(at__lt=now + BEFORE_THE_LINK).order_by("at", "pk")
    gives = person.has_perm("catalog.change_session")

    def line(session: Session) -> Line:
        told = session_line(session, now, badge=_("no link to join"), tone="bad")
        if gives:
            told.address = f"{reverse('admin:catalog_session_rescheduling')}?{urlencode({'ids': session.pk})}"
        return told

    return Card(
        _("Today or tomorrow, and no link to join"),
        _("Every session of today and tomorrow has its link to join."),
        [Waiting(sessions, line)],
    )


def agreements(person: User, now: datetime) -> Card:
    """What ends soon, and what is announced without an agreement behind it."""
    every = in_scope(Agreement.objects.signed().for_reading(), person, host="host")
    near = every.filter(
        lasts_until__gte=now.date() - ONE_DAY, lasts_until__lte=now.date() + ENDING_SOON
    ).order_by("lasts_until")
    ending = [one for one in near if one.state(one.today(now)) == Agreement.State.ENDING_SOON]
    hosts = None if sees_all_hosts(person) else numbers_of_own_hosts(person)
    bare = sessions_without_agreement(now, among=hosts).prefetch_related("meetings")

    def few() -> list[Session]:
        begun = bare.begun(now).order_by()[: SHOWN + 1]
        return [*begun, *bare.to_come(now).order_by("listed_at", "pk")[: SHOWN + 1]][: SHOWN + 1]

    def bare_line(session: Session) -> Line:
        return session_line(session, now, badge=_("no agreement"), tone="warning")

    return Card(
        _("Agreements"),
        _("No agreement ends soon, and every session to come has one behind it."),
        [Waiting(ending, ending_line), Waiting(bare.order_by("starts_at", "pk"), bare_line, few)],
        reverse("admin:hubs_agreement_changelist"),
        _("All agreements"),
    )


def ending_line(agreement: Agreement) -> Line:
    return Line(
        reverse("admin:hubs_agreement_overview", args=[agreement.pk]),
        str(agreement),
        _("last day %(day)s") % {"day": in_order(agreement.last_day.isoformat())},
        badge=str(Agreement.State.ENDING_SOON.label),
        tone="warning",
    )


def waits_too_long(now: datetime) -> Q:
    return Q(state=Letter.State.WAITING, written_at__lt=now - LATE) & ~not_yet(now)


def letters(person: User, now: datetime) -> Card:
    given_up = few_of(Letter.objects.filter(state=Letter.State.FAILED), person)
    late = few_of(Letter.objects.filter(waits_too_long(now)), person)
    page = reverse("admin:outbox_letter_changelist")
    lines = []
    outage = Outage.objects.filter(is_certain=True).first()
    if outage:
        lines.append(Line(page, _("The mail server takes no letters"), outage.reason, tone="bad"))
    if given_up:
        words = ngettext("%(count)d letter was given up", "%(count)d letters were given up", given_up)
        more = _("More than %(count)d letters were given up")
        failed = f"{page}?{urlencode({'state__exact': Letter.State.FAILED})}"
        note = _("Look why, then send them again or leave them.")
        lines.append(letters_line(failed, words, more, note, number=given_up, tone="bad"))
    if late:
        words = ngettext(
            "%(count)d letter has waited for more than a quarter of an hour",
            "%(count)d letters have waited for more than a quarter of an hour",
            late,
        )
        more = _("More than %(count)d letters have waited for more than a quarter of an hour")
        lines.append(letters_line(f"{page}?waits=long", words, more, number=late, tone="warning"))
    return Card(_("Letters"), _("All letters went, or are on their way."), [], page, _("All letters"), lines)


def few_of(letters: QuerySet[Letter], person: User) -> int:
    """How many, and one more than MOST for more: each letter of a coordinator's is looked up by its host."""
    return len(letters_within(letters.order_by(), person).values_list("pk", flat=True)[: MOST + 1])


def letters_line(address: str, words: str, more: str, note: str = "", *, number: int, tone: str) -> Line:
    if number > MOST:
        return Line(address, more % {"count": MOST}, note, tone=tone)
    return Line(address, words % {"count": number}, note, tone=tone, count=number)
