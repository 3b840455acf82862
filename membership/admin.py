"""At the desk: people by organization and by the domain of their address, to confirm; and domains learned from that."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import F, Min, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.admin import OrganizationPages
from accounts.http import person_of
from accounts.models import Organization, User
from desk.admin import DeskAdmin, ReadOnly
from desk.purposes import says
from desk.steps import Outlook, Step
from merging.desk import Merges
from merging.kinds import ORGANIZATIONS
from texts.numbers import number_in

from . import actions
from .attention import MAY_CONFIRM, may_confirm, people_page, with_claims_to_confirm
from .domains import domain_of, is_of_a_provider
from .errors import Refused
from .models import Claim, EmailDomain

IN_A_GROUP = 200  # people; more of one domain are confirmed in several presses


def look_at_refusal(claim: Claim) -> Outlook:
    words = _now(
        "“%(organization)s” is no longer their organization; its name stays in their profile as they may have written it. "
        "What they have a place in stays; a place that is only held for them goes to the next in line."
    )
    outlook = Outlook(claim, words % {"organization": claim.organization})
    outlook.letters[claim.person.language] += 1
    return outlook


def refuse(claim: Claim, *, by: User) -> str:
    actions.refuse(claim=claim, by=by)
    return _now("not confirmed, and told so.")


REFUSE = Step(
    noun="refusing",
    purpose=_(
        "For people whom the organization does not know: they are told, and keep what is open to everyone."
    ),
    label=_("Not of this organization"),
    question=ngettext_lazy(
        "Say that this person does not act for it?",
        "Say that these %(count)d people do not act for it?",
        "count",
    ),
    button=_("They do not act for it"),
    permission=MAY_CONFIRM,
    look=look_at_refusal,
    do=refuse,
    refusals=(Refused,),
    makes_sense=lambda claim: claim.ended_at is None,
    serious=True,
)


@dataclass
class Group:
    """People of an organization whose address is in one domain."""

    domain: str
    known: EmailDomain | None  # of this organization
    says_nothing: str = ""  # why nobody is confirmed by it
    to_confirm: list[Claim] = field(default_factory=list)
    confirmed: list[Claim] = field(default_factory=list)

    @property
    def can_be_learned(self) -> bool:
        return self.known is None and not self.says_nothing


def grouped(organization: Organization, now: datetime) -> list[Group]:
    """Those with most people to confirm first; of these first those for whom a place is held until then (`held_until`)."""
    held = Min("person__registrations__hold_until", filter=Q(person__registrations__state="held"))
    standing = Claim.objects.standing().filter(organization=organization).annotate(held_until=held)
    claims = standing.select_related("person").order_by(
        F("held_until").asc(nulls_last=True), "person__name", "person__email", "pk"
    )
    known = {one.domain: one for one in organization.email_domains.all()}
    elsewhere = dict(
        EmailDomain.objects.exclude(organization=organization)
        .filter(organization__merged_into=None)
        .values_list("domain", "organization__name")
    )
    groups: dict[str, Group] = {}
    for domain, own in known.items():
        groups[domain] = Group(domain, own, why_not(domain, elsewhere))
    for claim in claims:
        domain = domain_of(claim.person.email)
        group = groups.setdefault(domain, Group(domain, None, why_not(domain, elsewhere)))
        (group.confirmed if claim.is_confirmed(now) else group.to_confirm).append(claim)
    return sorted(groups.values(), key=lambda group: (-len(group.to_confirm), group.domain))


def why_not(domain: str, elsewhere: dict[str, str]) -> str:
    if is_of_a_provider(domain):
        return _now("A mail provider: an address there says nothing of whom somebody acts for.")
    if domain in elsewhere:
        return _now("%(organization)s has this domain, too: a person decides of each.") % {
            "organization": elsewhere[domain]
        }
    return ""


@admin.register(Claim)
class ClaimAdmin(ReadOnly, DeskAdmin[Claim]):
    purpose = _("Who says that they act for which organization, and whether that is confirmed.")
    purpose_of_one = _("For whom a person acts: since when, on whose word, and until when it counts.")
    steps = (REFUSE,)
    list_display = ["person", "organization", "claimed_at", "state", "confirmed_until", "confirmed_by"]
    list_filter = ["ground", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organization", "confirmed_by"]
    search_fields = ["person__name", "person__email", "organization__name"]
    search_help_text = _("Name or e-mail address of the person, or name of the organization")
    fieldsets = [
        (None, {"fields": ["person", "organization", "claimed_at", "state"]}),
        (_("Confirmed"), {"fields": ["ground", "confirmed_at", "confirmed_until", "confirmed_by", "email"]}),
        (_("Ended"), {"fields": ["ended_at", "end"]}),
    ]

    @admin.display(description=_("state"))
    def state(self, claim: Claim) -> str:
        now = timezone.now()
        if claim.ended_at:
            return _now("ended: %(why)s") % {"why": claim.get_end_display()}
        if claim.is_confirmed(now):
            return _now("confirmed")
        return _now("to be confirmed again") if claim.confirmed_at else _now("claimed, to be confirmed")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.waiting_view)
        return [path("waiting/", view, name="membership_claim_waiting"), *super().get_urls()]

    @method_decorator(require_safe)
    @says(_("Organizations with people who say that they act for them, and whom nobody has confirmed."))
    def waiting_view(self, request: HttpRequest) -> HttpResponse:
        if not may_confirm(request.user):
            raise PermissionDenied
        ones = [(people_page(one), one, count) for one, count in with_claims_to_confirm(timezone.now())]
        title = _now("People to confirm")
        return self.desk_page(request, "admin/membership/waiting.html", title=title, organizations=ones)


@admin.register(Organization)
class OrganizationAdmin(Merges[Organization], OrganizationPages):
    merges = ORGANIZATIONS

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.people_view)
        name = "accounts_organization_people"
        return [path("<path:object_id>/people/", view, name=name), *super().get_urls()]

    def object_links(self, request: HttpRequest, obj: Organization) -> list[tuple[str, str]]:
        links = super().object_links(request, obj)
        return [*links, (people_page(obj), _now("Who acts for it"))] if may_confirm(request.user) else links

    @says(_("You say who acts for it, many with one press, and which e-mail domains are its own."))
    def people_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET shows the groups; POST confirms those ticked of one, and learns its domain, or forgets it."""
        if not may_confirm(request.user):
            raise PermissionDenied
        organization = Organization.objects.standing_one(number_in(unquote(object_id)))
        if organization is None:
            raise Http404
        if request.method == "POST":
            self.say(request, organization)
            return HttpResponseRedirect(people_page(organization))
        title = _now("Who acts for %(organization)s") % {"organization": organization.name_shown}
        groups = grouped(organization, timezone.now())
        return self.desk_page(
            request,
            "admin/membership/people.html",
            title=title,
            organization=organization,
            groups=groups,
            most=IN_A_GROUP,
        )

    def say(self, request: HttpRequest, organization: Organization) -> None:
        by = person_of(request)
        if "forget" in request.POST:
            self.forget(request, organization, number_in(request.POST["forget"]) or 0, by)
            return
        if domain := request.POST.get("learn", ""):
            self.learn(request, organization, domain, by)
        self.confirm(request, organization, request.POST.getlist("claim"), by)

    def forget(self, request: HttpRequest, organization: Organization, number: int, by: User) -> None:
        for domain in organization.email_domains.filter(pk=number):
            actions.forget_domain(domain=domain, by=by)
            words = _now(
                "%(domain)s confirms nobody any more. Who was confirmed by it stays so until they are asked again."
            )
            messages.success(request, words % {"domain": domain})

    def learn(self, request: HttpRequest, organization: Organization, domain: str, by: User) -> None:
        try:
            actions.learn_domain(organization=organization, domain=domain, by=by)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            words = _now("Who proves an address at %(domain)s is confirmed from now on.")
            messages.success(request, words % {"domain": domain})

    def confirm(
        self, request: HttpRequest, organization: Organization, ticked: Iterable[str], by: User
    ) -> None:
        numbers = {number for text in ticked if (number := number_in(text))}
        claims = Claim.objects.standing().filter(organization=organization, pk__in=numbers).order_by("pk")
        done = 0
        for claim in claims[:IN_A_GROUP]:
            try:
                actions.confirm(claim=claim, ground=Claim.Ground.STAFF, by=by)
                done += 1
            except Refused as refusal:
                messages.error(request, f"{claim.person}: {refusal.sentence}")
        if done:
            words = ngettext(
                "%(count)d person is confirmed, and told so.",
                "%(count)d people are confirmed, and told so.",
                done,
            )
            messages.success(request, words % {"count": done})
        elif not numbers and not request.POST.get("learn"):
            messages.warning(request, _now("Nobody was ticked: nothing was changed."))
