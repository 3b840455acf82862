"""What a certificate says: frozen when it is issued, and never looked up again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.certificate_rule import Certificate as Kind
from catalog.certificate_rule import Counted, Rule
from catalog.languages import in_language
from catalog.models import Meeting, Session

type Words = dict[str, str]  # by language: en, fr, es; empty where nobody translated them

# English first: what a reader gets in whose language there is nothing.
LANGUAGES = ("en", "fr", "es")
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """As they stand in `Certificate.facts`. Days are ISO dates on the host's clock, whose zone is an IANA name."""

    name: str  # as on the certificate; "" once the person was erased
    kind: str  # participation, completion
    format: str  # webinar, online_course, in_person_program
    titles: Words
    hosts: Words
    venue: str  # of an in-person program; "" online
    starts_on: str
    ends_on: str
    zone: str
    meetings: int  # 0 where one learns at one's own pace
    minutes: int  # of all meetings together
    rule: dict[str, object] | None  # the fields of catalog.certificate_rule.Rule
    signatory: dict[str, object]  # {"name": …, "posts": Words}
    granted: str  # why staff granted it; "" where the rule was met
    country: str  # of the person's organization, ISO 3166-1 alpha-2: how Chinese characters are drawn
    listed: int | None = (
        None  # at how many meetings attendance was taken: the rule is of these; None where it is not known
    )

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    # In the language of the page

    @property
    def title(self) -> str:
        return in_words(self.titles)

    @property
    def title_shown(self) -> SafeString | str:
        """For a page: where another language stands in, it says which."""
        return in_its_language(self.titles)

    @property
    def host(self) -> str:
        return in_words(self.hosts)

    @property
    def signed_by(self) -> str:
        return str(self.signatory["name"])

    @property
    def post(self) -> str:
        return in_words(self.posts)

    @property
    def posts(self) -> Words:
        posts = self.signatory["posts"]
        assert isinstance(posts, dict)
        return posts

    @property
    def kind_words(self) -> str:
        """“Certificate of participation”."""
        return Kind(self.kind).title_words

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.starts_on)

    @property
    def last_day(self) -> date:
        return date.fromisoformat(self.ends_on)

    @property
    def rule_words(self) -> str:
        """“present at 4 of 5 meetings or more”; in percent where attendance was not taken at each: of the others it is then.
        "" where staff granted it."""
        if self.rule is None or self.granted:
            return ""
        if self.listed in (None, self.meetings):
            return as_rule(self.rule).words(self.meetings)
        return _("%(presence)s; meetings at which attendance was not taken are not counted") % {
            "presence": as_rule(self.rule).words()
        }


def in_words(words: Words) -> str:
    """In the language of the page, else in the first that there is."""
    wanted = (get_language() or "en").partition("-")[0]
    return next((words[code] for code in (wanted, *LANGUAGES) if words.get(code)), "")


def stands_in(words: Words) -> str:
    """The language that stands in for that of the page, where it has no words: "" where it has them."""
    wanted = (get_language() or "en").partition("-")[0]
    found = next((code for code in (wanted, *LANGUAGES) if words.get(code)), wanted)
    return "" if found == wanted else found


def in_its_language(words: Words) -> SafeString | str:
    """For a page, as `in_words`."""
    return in_language(in_words(words), stands_in(words))


def as_rule(facts: Mapping[str, object]) -> Rule:
    percent = facts["percent"]
    assert isinstance(percent, int)
    return Rule(
        certificate=Kind(str(facts["certificate"])),
        percent=percent,
        percent_of=Counted(str(facts["percent_of"])),
        leaves_out_excused=bool(facts["leaves_out_excused"]),
    )


def translated(row: object, field: str) -> Words:
    """The words of a translated field, as staff wrote them in each language."""
    return {code: getattr(row, f"{field}_{code}") or "" for code in LANGUAGES}


def country_of(person: User) -> str:
    """Where the person writes: of the organization, else their own; ISO 3166-1 alpha-2."""
    return str((person.organization and person.organization.country) or person.country or "")


def was_left_out(meeting: Meeting) -> bool:
    """Closed without a list: that nobody is known to have been there says nothing of anybody."""
    return any(closing.opened_at is None and not closing.taken for closing in meeting.closings.all())


def facts_of(session: Session, *, kind: Kind, signatory: dict[str, object]) -> Facts:
    """What is the same for everybody of a session, as it stands now. Its activity has a host."""
    activity = session.activity
    assert activity.host is not None
    meetings = list(session.meetings.all())
    prefetch_related_objects(meetings, "closings")
    zone = session.zone
    return Facts(
        name="",
        kind=kind,
        format=activity.format,
        titles=translated(activity, "title"),
        hosts=translated(activity.host, "name"),
        venue=session.venue if activity.format == activity.Format.IN_PERSON_PROGRAM else "",
        starts_on=session.starts_at.astimezone(zone).date().isoformat(),
        # What ends at midnight took place on the day before.
        ends_on=(session.ends_at - MOMENT).astimezone(zone).date().isoformat(),
        zone=session.timezone,
        meetings=len(meetings),
        minutes=sum((meeting.ends_at - meeting.starts_at) // MINUTE for meeting in meetings),
        rule=asdict(activity.rule) if activity.rule else None,
        signatory=signatory,
        granted="",
        country="",
        listed=sum(not was_left_out(meeting) for meeting in meetings),
    )
