"""At the desk: who speaks for which organization, naming somebody, and ending it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.http import person_of
from accounts.models import Organization, User
from accounts.whose import owner_of
from desk.admin import DeskAdmin, ReadOnly
from desk.fields import field_of
from desk.steps import Outlook, Step
from registrations.admin.filters import ChosenFilter
from texts.numbers import number_in

from . import actions
from .attention import MAY_NAME
from .errors import Refused
from .letters import last_day
from .models import FocalPoint

OFFERED = 300  # people who say that they act for it; whoever is not among them is named by the address


def look_at_end(focal_point: FocalPoint) -> Outlook:
    words = _now(
        "From then on they see nothing of %(organization)s. They stay of it, and what they confirmed stays."
    )
    outlook = Outlook(focal_point, words % {"organization": focal_point.organization})
    outlook.letters[focal_point.person.language] += 1
    return outlook


def end(focal_point: FocalPoint, *, by: User) -> str:
    actions.end(focal_point=focal_point, by=by)
    return _now("no longer a focal point, and told so.")


END = Step(
    noun="ending",
    purpose=_("For who no longer speaks for the organization: they see nothing of it from that moment."),
    label=_("No longer a focal point"),
    question=ngettext_lazy(
        "End that this person is a focal point?",
        "End that these %(count)d people are focal points?",
        "count",
    ),
    button=_("They are no longer"),
    permission=MAY_NAME,
    look=look_at_end,
    do=end,
    refusals=(Refused,),
    makes_sense=lambda focal_point: focal_point.ended_at is None,
    serious=True,
)


class OrganizationFilter(ChosenFilter):
    title = _("organization")
    parameter_name = "organization__id__exact"
    field = "organization"
    model = Organization


class NamingForm(forms.Form):
    organization: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.none()
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "Of somebody who has an account. Who says already that they act for the organization is offered. "
            "Named by you, they are confirmed as being of it."
        ),
        widget=forms.EmailInput(attrs={"class": "vTextField", "list": "people-of-it", "autocomplete": "off"}),
    )
    last_day = forms.DateField(
        label=_("Last day of the term"),
        help_text=_("Two years at most. You are told a month before."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, *, of: Organization | None, now: datetime) -> None:
        initial = {"organization": of, "last_day": actions.last_day_at_most(of, now) if of else None}
        super().__init__(data, initial=initial)
        field_of(self, "organization", forms.ModelChoiceField).queryset = Organization.objects.all()

    def clean_email(self) -> str:
        self.person = owner_of(self.cleaned_data["email"], formerly=True)
        if self.person is None:
            raise forms.ValidationError(
                _now(
                    "Nobody has an account with this address. They sign in once, or you add them as a person."
                )
            )
        return str(self.cleaned_data["email"])


@admin.register(FocalPoint)
class FocalPointAdmin(ReadOnly, DeskAdmin[FocalPoint]):
    purpose = _(
        "Who speaks for which organization: they say who is of it, and see what its people take part in."
    )
    purpose_of_one = _("Who speaks for an organization, until when, and when they looked at their lists.")
    purpose_of_new = _(
        "They confirm people of their organization, so that you need not. They are told by letter."
    )
    adds = _("Name a focal point")
    steps = (END,)
    list_display = ["person", "organization", "state", "since", "last_day", "named_by"]
    list_filter = [OrganizationFilter, ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organization", "named_by"]
    search_fields = ["person__name", "person__email", "organization__name"]
    search_help_text = _("Name or e-mail address of the person, or name of the organization")
    fieldsets = [
        (None, {"fields": ["person", "organization", "state"]}),
        (_("Term"), {"fields": ["since", "last_day", "named_by"]}),
        (_("Ended"), {"fields": ["ended_at", "end", "ended_by"]}),
    ]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MAY_NAME)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FocalPoint]:
        return super().get_queryset(request).filter(person__merged_into=None)

    @admin.display(description=_("state"))
    def state(self, focal_point: FocalPoint) -> str:
        now = timezone.now()
        if focal_point.ended_at:
            return _now("ended: %(why)s") % {"why": focal_point.get_end_display()}
        if focal_point.until <= now:
            return _now("the term is over")
        if not FocalPoint.objects.in_office(now).filter(pk=focal_point.pk).exists():
            return _now("sees nothing: not confirmed as being of it")
        return _now("in office")

    @admin.display(description=_("last day of the term"), ordering="until")
    def last_day(self, focal_point: FocalPoint) -> str:
        return last_day(focal_point)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        of = Organization.objects.standing_one(number_in(request.GET.get("organization", "")))
        form = NamingForm(request.POST if request.method == "POST" else None, of=of, now=timezone.now())
        if form.is_valid() and form.person and (named := self.name(request, form, form.person)):
            words = _now("%(person)s is a focal point of %(organization)s until %(day)s, and told so.")
            said = {"person": named.person, "organization": named.organization, "day": last_day(named)}
            messages.success(request, words % said)
            return HttpResponseRedirect(list_of(named.organization))
        template = "admin/focal_points/naming.html"
        said = {
            "form": form,
            "title": self.adds,
            "button": _now("Name, and write to them"),
            "offered": offered(of),
        }
        media = self.media + form.media
        return self.desk_page(
            request, template, status=422 if form.is_bound else 200, **said | {"media": media}
        )

    def name(self, request: HttpRequest, form: NamingForm, person: User) -> FocalPoint | None:
        facts = {name: form.cleaned_data[name] for name in ("organization", "last_day")}
        try:
            return actions.name(person=person, by=person_of(request), **facts)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return None


def offered(organization: Organization | None) -> Iterable[User]:
    """Who says that they act for it, or is confirmed."""
    if organization is None:
        return []
    claims = organization.claims.standing().filter(person__is_active=True, person__merged_into=None)
    return [claim.person for claim in claims.select_related("person").order_by("person__name")[:OFFERED]]


def list_of(organization: Organization) -> str:
    return f"{reverse('admin:focal_points_focalpoint_changelist')}?organization__id__exact={organization.pk}"
