"""What the page of a session's certificates shows: who has one, who does not and why, and what keeps them from being issued.

Ten queries, whatever there is.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attendance.models import Attendance
from catalog.models import Session
from desk.alphabet import plain
from desk.clock import shown
from registrations.models import Registration

from .. import errors
from ..models import Certificate, Round, Signatory
from ..models.signatory import signatory_on
from ..outcomes import Outcome, What, name_of, open_lists, outcomes

# What the counts on top are called, in their order.
COUNTED: dict[str, Promise] = {
    What.HAS: gettext_lazy("Have one"),
    What.ISSUE: gettext_lazy("To be issued"),
    What.DOUBT: pgettext_lazy("how many", "Doubted"),
    What.NOT_MET: gettext_lazy("Do not meet the rule"),
    What.NO_NAME: gettext_lazy("Without a name"),
    What.WITHDRAWN: pgettext_lazy("how many", "Withdrawn"),
    What.OPEN: gettext_lazy("Not decided yet"),
}
TONES = {What.HAS: "open", What.ISSUE: "few", What.DOUBT: "few", What.WITHDRAWN: "cancelled"}
ALWAYS = (What.HAS, What.ISSUE)
NO_RULE, NO_PLACE = "no_rule", "no_place"
ROUNDS_SHOWN = 20


@dataclass(frozen=True)
class Row:
    registration: Registration
    what: str
    words: str
    outcome: Outcome | None = None
    certificates: list[Certificate] = field(
        default_factory=list
    )  # each edition of every kind, the last first
    may_be_granted: bool = False

    @property
    def name(self) -> str:
        return str(self.registration.seen)

    @property
    def progress(self) -> str:
        """Worded for those shown alone: of many thousands it takes a while."""
        return self.outcome.progress.words if self.outcome else ""

    @property
    def tone(self) -> str:
        return TONES.get(What(self.what), "closed") if self.what in What else "closed"


@dataclass(frozen=True)
class Obstacle:
    """Why nothing can be issued now, and where that is mended."""

    sentence: str
    url: str = ""
    action: str = ""


class SessionCertificates:
    def __init__(self, session: Session, now: datetime):
        self.session, self.now = session, now

    @cached_property
    def found(self) -> list[Outcome] | None:
        """None where no rule says anything."""
        try:
            return outcomes(self.session)
        except errors.NoRule:
            return None

    @cached_property
    def decided(self) -> list[tuple[Outcome, What]]:
        """Each with what becomes of it, worked out once."""
        return [(outcome, outcome.what) for outcome in self.found or []]

    @cached_property
    def certificates(self) -> dict[int, list[Certificate]]:
        rows: dict[int, list[Certificate]] = defaultdict(list)
        every = Certificate.objects.filter(registration__session=self.session).order_by("-edition", "-pk")
        for one in every:
            rows[one.registration_id].append(one)
        # Of an account that was merged: with the registration of the one that stays.
        for one in every.exclude(registration__person__merged_into=None).select_related(
            "registration__person"
        ):
            of_owner = self.session.registrations.filter(person=one.owner).values_list("pk", flat=True)
            rows[next(iter(of_owner), one.registration_id)].append(one)
        return rows

    @cached_property
    def rows(self) -> list[Row]:
        """Everybody with a place; and who gave it back and was there all the same, or has a certificate."""
        rows = [self.row_of(outcome, what) for outcome, what in self.decided]
        rows += [self.row_beside(registration) for registration in self.others()]
        return sorted(rows, key=lambda row: plain(row.name))

    def row_of(self, outcome: Outcome, what: What) -> Row:
        return Row(
            outcome.registration,
            what,
            _("meets the rule: to be issued") if what == What.ISSUE else str(what.label),
            outcome,
            self.certificates.get(outcome.registration.pk, []),
            may_be_granted=bool(name_of(outcome.registration))
            and not (outcome.certificate and outcome.certificate.is_current),
        )

    def row_beside(self, registration: Registration) -> Row:
        has = self.certificates.get(registration.pk, [])
        is_current = any(one.is_current for one in has)
        words = _("has it already") if is_current else ""
        if not registration.is_confirmed:
            words = (
                _("has no place any more, and a certificate") if is_current else _("has no place any more")
            )
        return Row(
            registration,
            NO_RULE if registration.is_confirmed else NO_PLACE,
            words,
            certificates=has,
            may_be_granted=bool(name_of(registration)) and not is_current,
        )

    def others(self) -> QuerySet[Registration]:
        was_there = Attendance.objects.present().filter(registration=OuterRef("pk"))
        has_one = Certificate.objects.filter(registration=OuterRef("pk"))
        beside = ~Q(state=Registration.State.CONFIRMED) & (Exists(was_there) | Exists(has_one))
        if self.found is None:
            beside |= Q(state=Registration.State.CONFIRMED)
        people = self.session.registrations.filter(beside, person__erased_at=None, person__merged_into=None)
        return people.select_related("person__organization")

    def asked_for(self, *, what: str, words: str) -> list[Row]:
        wanted = plain(words).split()
        return [
            row
            for row in self.rows
            if (not what or row.what == what) and all(word in plain(row.name) for word in wanted)
        ]

    # What a round would do

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(str(what) for _outcome, what in self.decided)

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """What, its name, how many: what is none is left out."""
        return [
            (what, str(name), self.counts[what])
            for what, name in COUNTED.items()
            if self.found is not None and (self.counts[what] or what in ALWAYS)
        ]

    @property
    def people(self) -> int:
        """Whom a round would look at."""
        return len(self.found or [])

    @property
    def to_issue(self) -> int:
        return self.counts[What.ISSUE]

    @property
    def without_a_name(self) -> int:
        return self.counts[What.NO_NAME]

    @property
    def newly_doubted(self) -> int:
        return sum(
            what == What.DOUBT and one.certificate is not None and one.certificate.doubted_at is None
            for one, what in self.decided
        )

    @property
    def letters(self) -> Counter[str]:
        return Counter(one.registration.person.language for one, what in self.decided if what == What.ISSUE)

    @cached_property
    def signatory(self) -> Signatory | None:
        host = self.session.activity.host
        return signatory_on(host, self.now.astimezone(host.zone).date()) if host else None

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        activity, found = self.session.activity, []
        page = reverse("admin:catalog_activity_change", args=[activity.pk])
        if self.found is None:
            found.append(Obstacle(errors.NoRule().sentence, page, _("To the activity at the desk")))
        if activity.host is None:
            found.append(Obstacle(errors.NoHost().sentence, page, _("To the activity at the desk")))
        elif self.signatory is None:
            page = f"{reverse('admin:credentials_signatory_add')}?{urlencode({'host': activity.host.pk})}"
            found.append(
                Obstacle(errors.NoSignatory(activity.host.name).sentence, page, _("Name a signatory"))
            )
        found += [
            Obstacle(
                _("The list of %(meeting)s is open.")
                % {"meeting": shown(meeting.starts_at, self.session.zone)},
                reverse("attendance:list", args=[meeting.pk]),
                _("To the list"),
            )
            for meeting in (open_lists(self.session) if self.found is not None else [])
        ]
        return found

    @property
    def list_address(self) -> str:
        page = reverse("admin:credentials_certificate_changelist")
        return f"{page}?{urlencode({'session__id__exact': str(self.session.pk)})}"

    @cached_property
    def rounds(self) -> list[Round]:
        return list(self.session.rounds.select_related("by")[:ROUNDS_SHOWN])
