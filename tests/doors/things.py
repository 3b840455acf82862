"""The same things twice, of one host and of another, whose texts all say so: what the doors of the station lead to."""

from datetime import timedelta

from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from accounts.models import Consent, Organization, User
from attendance.models import Correction, Guest, Helper
from badges.models import PLACES, Badge, IssuerKey, StatusList
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Activity, Material, Meeting, Session, Topic
from credentials.facts import facts_of
from credentials.models import Certificate, Signatory
from focal_points.models import FocalPoint
from hubs import actions as hub_actions
from hubs.models import Agreement, Evidence, Host, Milestone, ResearchWork
from imports.models import Import
from interaction.models import Question, Report
from membership.actions import claim
from membership.models import Claim
from merging.models import Merge
from messaging.models import Message
from outbox.models import Letter
from platform_reports.models import PlatformReport
from proposals.models import Call
from registrations.models import Invitation, Registration
from speakers.actions import set_portrait
from speakers.models import Speaker
from supporters.models import Logo, Supporter
from tests import cast
from tests.documents import PDF
from tests.focal_points.making import focal_point
from tests.hubs import agreements
from tests.proposals import making

type Things = dict[type[Model], Model]


def things_of(slug: str, mark: str, *, person: User | None = None) -> Things:
    """`person` is registered, somebody new when nobody is given."""
    host = cast.host(slug)
    host.name_en = f"{mark} host"
    host.save()
    activity = cast.activity(f"{mark} activity", host=host, published=False)
    speaks = cast.speaker(activity, f"{mark} speaker", agreed=True).speaker
    set_portrait(speaker=speaks, picture=b"colors", by=None)
    Material.objects.create(activity=activity, title=f"{mark} material", link="https://example.org/")
    slides = Material.objects.create(
        activity=activity,
        title=f"{mark} slides",
        file=pdf(f"{mark} slides.pdf"),
        file_name=f"{mark} slides.pdf",
        shown_to="participants",
    )
    activity.published_at = timezone.now()
    activity.save()  # its history begins
    session = cast.session(
        activity, venue=f"{mark} venue", joining_link=f"https://meet.example/{mark}", places=1
    )
    person = person or cast.person(f"{mark} Person", email=f"{mark}@city.example".lower())
    registered = cast.register(session, person)
    cast.register(session, cast.person(f"{mark} Waiting"))
    return {
        Host: host,
        Activity: activity,
        Speaker: speaks,
        Supporter: supports(host, f"{mark} supporter"),
        Material: slides,
        Session: session,
        Registration: registered,
        Invitation: cast.invitation(session, f"{mark}.invited@city.example".lower()),
        Letter: Letter.objects.filter(person=registered.person).first(),
        User: registered.person,
        Consent: registered.person.consents.first(),
        Organization: registered.person.organization,
        Topic: cast.topic(),
        Call: making.call(title=f"{mark} call", hosts=[host]),
        LogEntry: LogEntry.objects.get_for_object(activity).first(),
        Import: Import.objects.create(
            session=session, sha256=mark, ground="named", source=f"{mark} list", file_name=f"{mark}.csv"
        ),
        **agreed_with(host, mark),
        **attended(session, registered, mark),
        **shown(session, registered, mark),
        Message: written(session, mark),
        **asked(session, registered, mark),
        Merge: merged(f"Spelling at {slug}"),
        Claim: claim(person=registered.person),
        FocalPoint: focal_point(f"{mark} Focal"),
    }


def merged(name: str) -> Merge:
    """Two organizations, a moment ago."""
    kept, gone = (cast.organization(f"{name} {number}") for number in "12")
    return Merge.objects.create(kept_organization=kept, gone_organization=gone, merged_at=timezone.now())


def supports(host: Host, name: str) -> Supporter:
    supporter = Supporter.objects.create(host=host, name=name, logo_light="0-2x2")
    Logo.objects.create(supporter=supporter, key="0-2x2", webp=b"colors")
    return supporter


def attended(session: Session, registration: Registration, mark: str) -> Things:
    """A meeting of the session, a guest, a helper, and a correction that is asked for."""
    meeting = session.meetings.get()
    email = f"{mark}.came@city.example".lower()
    return {
        Meeting: meeting,
        Guest: Guest.objects.create(meeting=meeting, name=f"{mark} Guest", email=email),
        Helper: Helper.objects.create(session=session, email=email),
        Correction: Correction.objects.create(
            registration=registration, meeting=meeting, words=f"{mark} words"
        ),
        PlatformReport: platform_report(meeting, mark),
    }


def asked(session: Session, registration: Registration, mark: str) -> Things:
    """A question of who is registered, and a report of it."""
    meeting = session.meetings.get()
    question = Question.objects.create(
        meeting=meeting, registration=registration, words=f"{mark} question", state="shown"
    )
    about = Report.objects.create(meeting=meeting, question=question, words=f"{mark} question")
    return {Question: question, Report: about}


def written(session: Session, mark: str) -> Message:
    """A draft."""
    words = {"en": {"subject": f"{mark} subject", "text": f"{mark} text"}}
    return Message.objects.create(session=session, groups=["confirmed"], words=words)


def shown(session: Session, registration: Registration, mark: str) -> Things:
    """Who signs for the host, and a certificate."""
    signs = {"name": f"{mark} Signatory", "posts": {"en": f"{mark} post", "fr": "", "es": ""}}
    facts = facts_of(session, kind=Kind.PARTICIPATION, signatory=signs).as_json()
    certificate = Certificate.objects.create(
        registration=registration,
        kind=Kind.PARTICIPATION,
        facts=facts | {"name": f"{mark} Participant"},
        language="en",
    )
    return {
        Signatory: session.activity.host.signatories.create(
            name=f"{mark} Signatory", post_en=f"{mark} post", from_day="2020-01-01"
        ),
        Certificate: certificate,
        Badge: badge(certificate, mark),
    }


def badge(certificate: Certificate, mark: str) -> Badge:
    now = timezone.now()
    key, _new = IssuerKey.objects.get_or_create(
        public_key="z6Mk", defaults={"public_token_key": {}, "adopted_at": now}
    )
    status_list, _new = StatusList.objects.get_or_create(
        number=1, defaults={"key": key, "signed_at": now, "document": "{}", "token": "made-up"}
    )
    return Badge.objects.create(
        certificate=certificate,
        status_list=status_list,
        place=certificate.pk % PLACES,
        key=key,
        signed_at=now,
        document=f"{mark} badge",
        token=f"{mark} token",
    )


def platform_report(meeting: Meeting, mark: str) -> PlatformReport:
    report = PlatformReport.objects.create(
        meeting=meeting,
        sha256=mark.ljust(64),
        platform="zoom",
        kind="names",
        zone="UTC",
        lines=1,
        file_name=f"{mark}.csv",
    )
    report.traces.create(line=1, name=f"{mark} Trace")
    return report


def agreed_with(host: Host, mark: str) -> Things:
    """An agreement with its document, a milestone whose evidence is a file, and a work that is one: for staff only."""
    agreement = agreements.signed(
        host, theme=f"{mark} theme", starts_on=timezone.now().date() - timedelta(days=30)
    )
    agreement.document, agreement.document_name = pdf(f"{mark}.pdf"), f"{mark}.pdf"
    agreement.save()
    milestone = agreement.milestones.create(
        kind="activity",
        measure="activities",
        title=f"{mark} milestone",
        due_on=agreement.ends_on,
        is_public=True,
    )
    evidence = hub_actions.add_evidence(
        milestone=milestone, title=f"{mark} evidence", file=pdf(f"{mark} evidence.pdf"), by=None
    )
    work = hub_actions.add_research_work(
        host=host,
        by=None,
        title=f"{mark} work",
        authors="A. Mensah",
        year=2026,
        language="en",
        file=pdf(f"{mark} work.pdf"),
        is_public=False,
    )
    return {Agreement: agreement, Milestone: milestone, Evidence: evidence, ResearchWork: work}


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)
