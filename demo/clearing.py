"""Take the demonstration out again. What is true (hosts, topics, members, history) stays."""

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from attendance.models import Attendance, Closing, Correction, Guest, Tap
from catalog.models import Activity, Session
from credentials.models import Certificate, Round, Signatory
from interaction.models import Question, Report
from outbox.models import Letter
from page_cache import new_edition
from platform_reports.models import PlatformReport, Trace
from registrations.models import Registration
from speakers.models import Speaker

from .agreements import clear_agreements
from .doubles import clear_doubles
from .memberships import clear_memberships
from .proposals import clear_proposals
from .specs import EXAMPLE_DOMAIN, activity_specs, read
from .stale_translations import catch_up
from .supporters import clear_supporters
from .volume import SAMPLE_PREFIX


def invented_activities() -> Q:
    return Q(slug__in=[spec["slug"] for spec in activity_specs()]) | Q(slug__startswith=SAMPLE_PREFIX)


def invented_people() -> Q:
    return Q(email__endswith=f".{EXAMPLE_DOMAIN}")


def forget_attendance(sessions: QuerySet[Session]) -> None:
    """Which holds registrations and meetings where they are."""
    Trace.objects.filter(report__meeting__session__in=sessions).delete()
    PlatformReport.objects.filter(meeting__session__in=sessions).delete()
    for rows in (Attendance, Closing, Correction, Guest, Tap):
        rows._default_manager.filter(meeting__session__in=sessions).delete()


def forget_questions(sessions: QuerySet[Session]) -> None:
    for rows in (Report, Question):
        rows._default_manager.filter(meeting__session__in=sessions).delete()


def forget_certificates(sessions: QuerySet[Session]) -> None:
    """The database lets no certificate go. These are invented, so here alone it is told to."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with keys to look at is not altered
        cursor.execute("ALTER TABLE credentials_certificate DISABLE TRIGGER certificate_guard")
        Certificate.objects.filter(registration__session__in=sessions).update(replaces=None)
        Certificate.objects.filter(registration__session__in=sessions).delete()
        cursor.execute("ALTER TABLE credentials_certificate ENABLE TRIGGER certificate_guard")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    Round.objects.filter(session__in=sessions).delete()
    Signatory.objects.filter(
        name__in=[spec["name"] for spec in read("signatories.toml")["signatories"].values()]
    ).delete()


def part_merged_accounts() -> None:
    """Those that were merged into invented ones are invented, too, and say so again."""
    while merged := list(User.objects.filter(merged_into__email__endswith=f".{EXAMPLE_DOMAIN}")):
        for one in merged:
            email = f"merged-{one.pk}@merged.{EXAMPLE_DOMAIN}"
            User.objects.filter(pk=one.pk).update(merged_into=None, email=email)


@transaction.atomic
def clear_demo() -> dict[str, int]:
    """Returns how many rows of each kind went. Raises ProtectedError, and changes nothing, when a real person took part."""
    part_merged_accounts()
    activities = Activity.objects.filter(invented_activities())
    people = User.objects.filter(invented_people())
    sessions = Session.objects.filter(activity__in=activities)
    forget_certificates(sessions)
    forget_attendance(sessions)
    forget_questions(sessions)
    gone = {
        "agreements": clear_agreements(),
        "supporters": clear_supporters(),
        "proposals": clear_proposals(),
        "letters": Letter.objects.filter(
            # A guest at the door is nobody's account.
            Q(person__in=people) | Q(person=None, to__endswith=f".{EXAMPLE_DOMAIN}")
        ).delete()[0],
        "registrations": Registration.objects.filter(Q(session__in=sessions) & Q(person__in=people)).delete()[
            0
        ],
    }
    gone["sessions"] = sessions.count()
    sessions.delete()
    gone["activities"] = activities.count()
    named = {speaker["name"] for spec in activity_specs() for speaker in spec["speakers"]}
    spoke = Speaker.objects.filter(name__in=named, appearances__activity__in=activities)
    invented = list(spoke.values_list("pk", flat=True))
    activities.delete()
    Speaker.objects.filter(pk__in=invented).delete()
    clear_memberships()
    clear_doubles()
    gone["people"] = people.count()
    people.delete()
    catch_up()
    new_edition()
    return gone
