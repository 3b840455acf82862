"""First steps at the desk: what it is for, what there is to do and where, as far as this person may do it.

Jobs and steps are data. Each says who sees it; a test opens every link for each role.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from accounts.http import person_of
from accounts.models import User
from accounts.roles import Role, role_of
from credentials.models import Signatory
from desk.purposes import says
from hubs.models import Host
from hubs.scope import in_scope, sees_all_hosts
from outbox.models import Letter
from proposals import readers

HOSTS_SHOWN = 3


@dataclass(frozen=True)
class Job:
    """`may` is a permission, or asks the person."""

    title: StrOrPromise
    how: StrOrPromise
    where: Callable[[], str]
    may: str | Callable[[User], bool]

    def is_for(self, person: User) -> bool:
        return person.has_perm(self.may) if isinstance(self.may, str) else self.may(person)

    @property
    def address(self) -> str:
        return self.where()


@dataclass(frozen=True)
class FirstStep:
    """Done once. Whether it is done is read from what is true, never ticked."""

    title: str
    address: str
    is_done: bool


def at(name: str, question: str = "") -> Callable[[], str]:
    return lambda: reverse(name) + question


def reads_the_report(person: User) -> bool:
    return person.has_perm("hubs.view_agreement") and sees_all_hosts(person)


# fmt: off
JOBS = (
    Job(gettext_lazy("See what waits"),
        gettext_lazy("The first page shows it each morning. A number leads to all it counts, a line to "
                     "where it is settled."),
        at("admin:index"), lambda person: True),
    Job(gettext_lazy("Announce an activity"),
        gettext_lazy("One screen for its words and sessions. Save it as a draft, look at it, then publish it."),
        at("admin:catalog_activity_add"), "catalog.add_activity"),
    Job(gettext_lazy("Hold last year’s again"),
        gettext_lazy("Open the former activity and press “Copy”: words and sessions come along, moved by "
                     "as many weeks as you say."),
        at("admin:catalog_activity_changelist"), "catalog.add_activity"),
    Job(gettext_lazy("Move or cancel a session"),
        gettext_lazy("Open the session. You see who will be written to before anything changes."),
        at("admin:catalog_session_changelist"), "catalog.change_session"),
    Job(gettext_lazy("Register somebody"),
        gettext_lazy("By their address, also before registration opens or after it closed; say on what ground."),
        at("admin:registrations_registration_add"), "registrations.add_registration"),
    Job(gettext_lazy("Register a whole list"),
        gettext_lazy("A file or a pasted list. You see row by row what would happen before it does, and can undo it."),
        at("imports:new"), "imports.add_import"),
    Job(gettext_lazy("Write to the people of a session"),
        gettext_lazy("Open the session and press “Messages”. Each gets a letter of their own, in their language."),
        at("admin:catalog_session_changelist"), "messaging.send_message"),
    Job(gettext_lazy("Note who came, and close the list"),
        gettext_lazy("Each meeting has a list made for a phone. Figures and certificates follow from closed lists."),
        at("admin:catalog_session_changelist", "?when=past"), "attendance.take_attendance"),
    Job(gettext_lazy("Issue certificates"),
        gettext_lazy("On the page of a session whose lists are closed. Corrections and withdrawals are "
                     "made in this list."),
        at("admin:credentials_certificate_changelist"), "credentials.issue_certificate"),
    Job(gettext_lazy("Send a letter again"),
        gettext_lazy("Letters that were given up say what the mail server answered."),
        at("admin:outbox_letter_changelist", f"?state__exact={Letter.State.FAILED}"), "outbox.change_letter"),
    Job(gettext_lazy("Correct a name or an e-mail address"),
        gettext_lazy("Open the person. Certificates and letters follow."),
        at("admin:accounts_user_changelist"), "accounts.change_user"),
    Job(gettext_lazy("Read proposals"),
        gettext_lazy("Those given to you, with the criteria of their call. Say so if you have an interest in one."),
        at("reviews:queue"), readers.reviews),
    Job(gettext_lazy("Follow all proposals"),
        gettext_lazy("Where each stands, who reads it, which wait too long, and the decisions to tell."),
        at("reviews:board"), readers.sees_board),
    Job(gettext_lazy("Keep the words of a host’s page"),
        gettext_lazy("What visitors read of a center or hub, in three languages."),
        at("admin:hubs_host_changelist"), "hubs.change_host"),
    Job(gettext_lazy("Follow agreements"),
        gettext_lazy("What each host promised, what it delivered, and what ends soon."),
        at("admin:hubs_agreement_changelist"), "hubs.view_agreement"),
    Job(gettext_lazy("Read the year’s figures"),
        gettext_lazy("The whole station in a year, and each host, as a page and as a spreadsheet."),
        lambda: reverse("admin:hubs_agreement_station", args=[timezone.now().year]), reads_the_report),
    Job(gettext_lazy("Give somebody a role"),
        gettext_lazy("Open the person, choose the role. A coordinator also needs a host: open the host, “Who runs it”."),
        at("admin:accounts_user_changelist"), "accounts.give_role"),
)
# fmt: on

# What is different for whom. The Secretariat's is what the page tells anyway.
DIFFERENT = {
    Role.SECRETARIAT: gettext_lazy(
        "You work for all hosts. Only the Secretariat gives roles, decides on agreements and proposals, and erases "
        "accounts on request."
    ),
    Role.COORDINATOR: gettext_lazy(
        "You work for your own hosts. What belongs to others is in no list, no search and no export of yours, and its "
        "address answers “not found”. Of people whom you registered by address alone you see the address until they agree. "
        "For roles, agreements and decisions on proposals ask the Secretariat."
    ),
    Role.READER: gettext_lazy(
        "You see everything and change nothing: buttons that change something are not shown to you."
    ),
    Role.REVIEWER: gettext_lazy(
        "You read the proposals that were given to you, and nothing else of the desk."
    ),
}


@never_cache
@require_safe
@says(gettext_lazy("For whoever is new here: what there is to do, where, and what to know before."))
def first_steps(request: HttpRequest, site: AdminSite) -> HttpResponse:
    person = person_of(request)
    steps = list(steps_of(person))
    context = {
        **site.each_context(request),
        "title": _("First steps"),
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "jobs": [job for job in JOBS if job.is_for(person)],
        "different": DIFFERENT.get(role) if (role := role_of(person)) else None,
        "hosts": hosts_of(person) if role == Role.COORDINATOR else [],
        "looks_back": person.has_perm("auditlog.view_logentry"),
        "contact": Host.objects.filter(kind=Host.Kind.SECRETARIAT).values_list("email", flat=True).first(),
    }
    return TemplateResponse(request, "admin/first_steps.html", context)


def hosts_of(person: User) -> list[Host]:
    return list(in_scope(Host.objects.all(), person, host="").order_by("position", "name")[:HOSTS_SHOWN])


def steps_of(person: User) -> Iterator[FirstStep]:
    kinds = person.second_factors
    strong = bool(kinds - {Authenticator.Type.RECOVERY_CODES})
    yield FirstStep(_("Set up a passkey, or an app that shows codes"), reverse("mfa_index"), strong)
    saved = Authenticator.Type.RECOVERY_CODES in kinds
    yield FirstStep(_("Make recovery codes, for the day the phone is lost"), reverse("mfa_index"), saved)
    profile = reverse("accounts:profile")
    yield FirstStep(
        _("Fill in your profile: name, post, organization, time zone"), profile, person.has_profile
    )
    if person.has_perm("hubs.see_all_hosts") or not person.has_perm("hubs.change_host"):
        return
    today = timezone.localdate()
    for host in hosts_of(person):
        page = reverse("admin:hubs_host_change", args=[host.pk])
        told = {"host": host.name}
        yield FirstStep(_("Give the page of %(host)s its words") % told, page, bool(host.about))
        signs: Any = Signatory.objects.filter(host=host).on(today)
        if person.has_perm("credentials.add_signatory"):
            page = f"{reverse('admin:credentials_signatory_add')}?host={host.pk}"
            yield FirstStep(_("Name who signs certificates of %(host)s") % told, page, signs.exists())


def ways_of(person: User) -> list[tuple[str, str]]:
    """What is done daily, for the top of the first page: address and name."""
    ways = (
        ("admin:first_steps", _("First steps"), True),
        (
            "admin:catalog_session_calendar",
            _("Calendar of all hosts"),
            person.has_perm("catalog.view_session"),
        ),
        ("imports:new", _("Register many people"), person.has_perm("imports.add_import")),
        ("admin:outbox_letter_coming", _("Letters to come"), person.has_perm("outbox.view_letter")),
        ("reviews:board", _("All proposals"), readers.sees_board(person)),
        ("reviews:queue", _("Proposals to read"), readers.reviews(person)),
    )
    return [(reverse(name), words) for name, words, may in ways if may]
