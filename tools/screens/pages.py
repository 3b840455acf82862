"""Which pages are pictured, with an activity, a registration and others that the demonstration has."""

from dataclasses import dataclass

PHONE, DESK = "phone", "desk"
WIDTHS = {PHONE: 390, DESK: 1280}

# Keys of demo/one_click.py: who is signed in.
OFFICIAL, SECRETARIAT = "official", "secretariat"
ACTIVITY = "line-on-a-map-to-bus-corridor"


@dataclass(frozen=True)
class Screen:
    name: str
    address: str
    language: str = "en"
    scheme: str = "light"
    signed_in: str = ""

    @property
    def path(self) -> str:
        return self.address if self.language == "en" else f"/{self.language}{self.address}"


@dataclass(frozen=True)
class Found:
    """Addresses that hang on what the demonstration made."""

    activity: str
    registration_form: str
    waiting: str
    draft: str
    desk_activity: str
    agreement: str
    report: str
    proposal: str
    letter: str


def find() -> Found:
    from django.urls import reverse

    from catalog.models import Activity, Session
    from demo.one_click import OFFICIAL as CAST_OFFICIAL
    from hubs.models import Agreement
    from outbox.models import Letter
    from proposals.models import Proposal
    from registrations.models import Registration

    activity = Activity.objects.published().get(slug=ACTIVITY)
    session = Session.objects.filter(activity=activity).standing().order_by("pk")[0]
    own = Registration.objects.filter(person__email=CAST_OFFICIAL.email, state="waiting")
    drafts = Proposal.objects.filter(person__email=CAST_OFFICIAL.email, state="draft")
    agreement = Agreement.objects.filter(milestones__isnull=False).order_by("pk")[0]
    sent = Proposal.objects.filter(state="in_review").order_by("pk")[0]
    letter = Letter.objects.order_by("pk")[0]
    return Found(
        activity=activity.get_absolute_url(),
        registration_form=f"/sessions/{session.pk}/registration/",
        waiting=own.order_by("pk")[0].get_absolute_url(),
        draft=drafts.order_by("pk")[0].get_absolute_url(),
        desk_activity=reverse("admin:catalog_activity_change", args=[activity.pk]),
        agreement=reverse("admin:hubs_agreement_overview", args=[agreement.pk]),
        report=reverse("admin:hubs_agreement_report", args=[agreement.host.slug, agreement.starts_on.year]),
        proposal=reverse("reviews:proposal", args=[sent.code]),
        letter=reverse("admin:outbox_letter_change", args=[letter.pk]),
    )


def of_docs(found: Found) -> list[Screen]:
    """Those of docs/screens: ten pages, in four languages, light and dark."""
    return [
        Screen("home", "/"),
        Screen("home-dark", "/", "fr", "dark"),
        Screen("catalog", "/activities/"),
        Screen("catalog-filtered", "/activities/?format=webinar&language=es", "es", "dark"),
        Screen("catalog-arabic", "/activities/", "ar"),
        Screen("activity", found.activity, "es"),
        Screen("registration", found.registration_form, "fr"),
        Screen("waiting", found.waiting, signed_in=OFFICIAL),
        Screen("my-pages", "/me/", scheme="dark", signed_in=OFFICIAL),
        Screen("center", "/centers/cairo/", "ar", "dark"),
        Screen("hub", "/hubs/chengdu/", "fr"),
        Screen("members", "/members/", "es"),
        Screen("propose", "/proposals/new/"),
        Screen("nothing-found", "/activities/?q=zeppelin&format=webinar", "fr"),
    ]


def compared(found: Found) -> list[Screen]:
    """Those whose pictures are compared with another commit's: between them they show every part."""
    return [
        Screen("home", "/"),
        Screen("catalog", "/activities/?format=webinar"),
        Screen("nothing-found", "/activities/?q=zeppelin&format=webinar"),
        Screen("activity", found.activity),
        Screen("registration", found.registration_form),
        Screen("centers", "/centers/"),
        Screen("hubs", "/hubs/"),
        Screen("hub", "/hubs/chengdu/"),
        Screen("members", "/members/"),
        Screen("propose", "/proposals/new/"),
        Screen("sign-in", "/accounts/login/"),
        Screen("my-pages", "/me/", signed_in=OFFICIAL),
        Screen("waiting", found.waiting, signed_in=OFFICIAL),
        Screen("profile", "/accounts/profile/", signed_in=OFFICIAL),
        Screen("draft", found.draft, signed_in=OFFICIAL),
        Screen("parts", "/design/", signed_in=SECRETARIAT),
        Screen("review", found.proposal, signed_in=SECRETARIAT),
        Screen("desk", "/admin/", signed_in=SECRETARIAT),
        Screen("desk-activity", found.desk_activity, signed_in=SECRETARIAT),
        Screen("desk-registrations", "/admin/registrations/registration/", signed_in=SECRETARIAT),
        Screen("desk-agreements", "/admin/hubs/agreement/", signed_in=SECRETARIAT),
        Screen("desk-agreement", found.agreement, signed_in=SECRETARIAT),
        Screen("desk-report", found.report, signed_in=SECRETARIAT),
        Screen("desk-letter", found.letter, signed_in=SECRETARIAT),
    ]
