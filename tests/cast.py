"""The cast of the tests: people, hosts, activities and sessions that could exist.

Every factory has sensible values and takes others by name. What an action exists for goes through the action. The history
of changes begins after them: it takes a third of the time to make somebody. All people are invented.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from auditlog.context import disable_auditlog
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Organization, User
from accounts.roles import Role, give_role
from catalog import actions as catalog_actions
from catalog.models import Activity, Meeting, Session, Topic
from hubs.models import Host
from membership.models import Claim
from registrations import actions
from registrations.models import Invitation, Registration
from speakers.actions import name_at, note_consent, speaker_of
from speakers.models import Appearance

number = count(1)

# slug: (name, kind, city, country, zone, latitude, longitude), as in data/hosts.csv.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

HOSTS = {
    "secretariat-general": (
        "Metropolis Secretariat General",
        "secretariat",
        "Barcelona",
        "ES",
        "Europe/Madrid",
        41.39,
        2.16,
    ),
    "seoul": ("MITI Seoul", "headquarters", "Seoul", "KR", "Asia/Seoul", 37.57, 126.98),
    "mashhad": (
        "MITI Regional Center Mashhad",
        "regional_center",
        "Mashhad",
        "IR",
        "Asia/Tehran",
        36.30,
        59.61,
    ),
    "cairo": ("MITI Regional Center Cairo", "regional_center", "Cairo", "EG", "Africa/Cairo", 30.06, 31.25),
    "mexico-city": (
        "MITI Regional Center Mexico City",
        "regional_center",
        "Mexico City",
        "MX",
        "America/Mexico_City",
        19.43,
        -99.13,
    ),
    "chengdu": (
        "Metropolis Learning Hub Chengdu",
        "learning_hub",
        "Chengdu",
        "CN",
        "Asia/Shanghai",
        30.67,
        104.07,
    ),
}


@disable_auditlog()
def organization(name: str = "Dakar", **fields: Any) -> Organization:
    """A member metropolis, the same one when asked for again."""
    known, _made = Organization.objects.get_or_create(
        slug=slugify(name),
        defaults={
            "name": name,
            "country": "SN",
            "region": "africa",
            "timezone": "Africa/Dakar",
            "member_since": date(2010, 1, 1),
        }
        | fields,
    )
    return known


@disable_auditlog()
def person(name: str = "Amina Diallo", *, member: bool = True, profile: bool = True, **fields: Any) -> User:
    """An official with a proven address and, unless `profile=False`, the short form filled."""
    email = (
        fields.pop("email", None)
        or f"{slugify(name).replace('-', '.') or 'person'}.{next(number)}@city.example"
    )
    # Whoever tests quiet hours says so: other letters leave at any hour at which tests are run.
    filled: dict[str, Any] = {
        "name": name,
        "language": "en",
        "timezone": "Africa/Dakar",
        "quiet_hours": False,
    }
    if profile:
        filled |= {"post": "Head of Mobility", "profile": User.Profile.TECHNICAL, "country": "SN"}
        filled |= (
            {"organization": organization()} if member else {"organization_other": "Water Works of Elsewhere"}
        )
    made = User.objects.create_user(email, **(filled | fields))
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def confirmed(made: User) -> User:
    """That the person acts for their organization, on record since long ago and for longer than any test lasts."""
    Claim.objects.create(
        person=made,
        organization=made.organization,
        claimed_at=LONG_AGO,
        confirmed_at=LONG_AGO,
        confirmed_until=LONG_AGO + timedelta(days=10_000),
        ground=Claim.Ground.RECORD,
        email=made.email.lower(),
    )
    return made


def people(how_many: int, **fields: Any) -> list[User]:
    """Many officials at once, in one statement and without proven addresses: for crowds at the door."""
    fields = {
        "post": "Officer",
        "profile": User.Profile.TECHNICAL,
        "country": "SN",
        "timezone": "Africa/Dakar",
        "quiet_hours": False,
        "organization": organization(),
    } | fields
    crowd = []
    for _i in range(how_many):
        here = next(number)
        crowd.append(User(email=f"official.{here}@city.example", name=f"Official {here}", **fields))
    return User.objects.bulk_create(crowd)


@disable_auditlog()
def coordinator(at: Host | None = None, name: str = "Jiwoo Han", **fields: Any) -> User:
    """Someone who runs the activities of one host (Seoul when none is given) and no other's."""
    at = at or host("seoul")
    made = with_role(Role.COORDINATOR, person(name, **({"timezone": at.timezone} | fields)))
    at.coordinators.add(made)
    return made


def secretary(name: str = "Marta Soler", **fields: Any) -> User:
    """Someone of the secretariat, who runs the whole station."""
    fields = {"timezone": "Europe/Madrid"} | fields
    return with_role(Role.SECRETARIAT, person(name, member=False, **fields))


def reader(name: str = "Ingrid Berg", **fields: Any) -> User:
    """Someone who sees everything and changes nothing."""
    fields = {"timezone": "Europe/Stockholm"} | fields
    return with_role(Role.READER, person(name, member=False, **fields))


@disable_auditlog()
def superuser(name: str = "Root Baker", **fields: Any) -> User:
    """Whoever runs the machine: may do everything, and gives the first roles."""
    return with_second_factor(
        person(name, member=False, **({"is_staff": True, "is_superuser": True} | fields))
    )


@disable_auditlog()
def with_role(role: Role, made: User) -> User:
    # The groups are made by `migrate`; a test that empties the database has it make them again.
    give_role(person=made, role=role, by=User(is_superuser=True, is_active=True))
    return with_second_factor(made)


def with_second_factor(made: User) -> User:
    """Staff need one for the administration."""
    TOTP.activate(made, generate_totp_secret())
    return made


@disable_auditlog()
def host(slug: str = "seoul", **fields: Any) -> Host:
    """One of the six hosts, the same one when asked for again."""
    name, kind, city, country, zone, latitude, longitude = HOSTS[slug]
    known, _made = Host.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "kind": kind,
            "city": city,
            "country": country,
            "timezone": zone,
            "latitude": latitude,
            "longitude": longitude,
            "languages": ["en"],
            "email": f"{slug}@host.example",
        }
        | fields,
    )
    return known


@disable_auditlog()
def topic(name: str = "Mobility", **fields: Any) -> Topic:
    known, _made = Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name} | fields)
    return known


@disable_auditlog()
def activity(title: str = "Water in dense cities", *, published: bool = True, **fields: Any) -> Activity:
    """A webinar of Seoul, in English, for everyone. Give it a session with `session(activity)`."""
    made = not_listed_yet(title, published=published, **fields)
    catalog_actions.refresh(activity=made)
    return made


def speaker(
    at: Activity,
    name: str = "Ada Mensah",
    *,
    agreed: bool = True,
    organization: str = "",
    position: int = 0,
    **roles: str,
) -> Appearance:
    """`role_en="Moderator"`. Of the activity's host."""
    known = speaker_of(host=at.host, name=name, organization=organization, by=None)
    if agreed:
        note_consent(speaker=known, on=date(2026, 3, 3), how="by letter, 3 March", by=None)
    by_language = {column.removeprefix("role_"): role for column, role in roles.items()}
    return name_at(activity=at, speaker=known, roles=by_language, position=position, by=None)


@disable_auditlog()
def not_listed_yet(
    title: str = "Water in dense cities", *, published: bool = True, **fields: Any
) -> Activity:
    """What lists read of it is still to be worked out."""
    topics = fields.pop("topics", None)
    fields.setdefault("slug", f"{slugify(title)}-{next(number)}")
    fields.setdefault("format", Activity.Format.WEBINAR)
    if "host" not in fields and "offered_by" not in fields:
        fields["host"] = host()
    if published:
        fields.setdefault("published_at", timezone.now())
    fields = {"languages": ["en"], "summary": "What works, told by those who run it."} | fields
    made = Activity.objects.create(title=title, **fields)
    made.topics.add(*([topic()] if topics is None else topics))
    return made


@disable_auditlog()
def session(
    of: Activity | None = None,
    *,
    starts_at: datetime | None = None,
    starts_in: timedelta = timedelta(days=10),
    lasts: timedelta = timedelta(hours=1, minutes=30),
    meetings: list[tuple[datetime, datetime, str]] | None = None,
    **fields: Any,
) -> Session:
    """A session with one meeting, ten days from now, 20 places, open to everyone.

    `meetings` gives it others; `self_paced=True` gives it none.
    """
    of = of or not_listed_yet()
    starts_at = starts_at or (timezone.now() + starts_in).replace(second=0, microsecond=0)
    ends_at = fields.pop("ends_at", None) or starts_at + lasts
    self_paced = fields.get("self_paced", False)
    if meetings is None:
        meetings = [] if self_paced else [(starts_at, ends_at, "")]
    elif meetings:
        starts_at, ends_at = min(m[0] for m in meetings), max(m[1] for m in meetings)
    if "timezone" not in fields:
        fields["timezone"] = of.host.timezone if of.host else "UTC"
    fields.setdefault("places", 20)
    fields.setdefault("joining_link", "https://meet.example/room")
    made = Session.objects.create(activity=of, starts_at=starts_at, ends_at=ends_at, **fields)
    Meeting.objects.bulk_create(
        Meeting(session=made, starts_at=start, ends_at=end, title=title) for start, end, title in meetings
    )
    catalog_actions.refresh(activity=of)
    made.refresh_from_db()
    return made


def register(at: Session, who: User | None = None, **options: Any) -> Registration:
    """`who` (someone new when nobody is given) registers, by themselves unless `by` says otherwise."""
    who = who or person(f"Official {next(number)}")
    return actions.register(session=at, person=who, by=options.pop("by", who), **options)


def invitation(to: Session, email: str) -> Invitation:
    return Invitation.objects.create(session=to, email=email)
