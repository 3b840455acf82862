"""Who may register for sessions that are by invitation. Many addresses are pasted at once."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.http import person_of
from catalog.models import Session
from desk.admin import ReadOnly
from desk.fields import field_of
from desk.languages import side_by_side
from hubs.scope import HostScopedAdmin, OfferingHostsFilter

from ..actions.inviting import invite
from ..models import Invitation
from .adding import coming_sessions
from .filters import SessionFilter

MOST_EMAILS = 1000


class InvitationsForm(forms.Form):
    session: forms.ModelChoiceField[Session] = forms.ModelChoiceField(
        label=_("Session"),
        queryset=Session.objects.none(),
        help_text=_("Only a session that is “by invitation” asks for them."),
    )
    emails = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text=_(
            "As many as you like, each on its own line or with commas between. "
            "“Name <address>” is fine. Nobody is written to: tell people yourself."
        ),
    )

    def __init__(
        self, data: QueryDict | None, *, sessions: QuerySet[Session], initial: dict[str, str | None]
    ) -> None:
        super().__init__(data, initial=initial)
        field_of(self, "session", forms.ModelChoiceField).queryset = sessions

    def clean_emails(self) -> list[str]:
        emails, wrong = [], []
        for piece in re.split(r"[,;\n\r]+", self.cleaned_data["emails"]):
            if not piece.strip():
                continue
            within = re.search(r"<([^<>]+)>", piece)
            email = (within[1] if within else piece).strip()
            try:
                validate_email(email)
            except ValidationError:
                wrong.append(_now("“%(text)s” is no e-mail address.") % {"text": piece.strip()[:80]})
            else:
                emails.append(email)
        if len(emails) > MOST_EMAILS:
            wrong.append(_now("Paste at most %(limit)d addresses at once.") % {"limit": MOST_EMAILS})
        if wrong:
            raise ValidationError(wrong)
        return emails


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, HostScopedAdmin[Invitation]):
    purpose = _("Addresses that may register where one needs an invitation. Nobody is written to.")
    purpose_of_one = _("Who may register for which session by this invitation, and whether they did.")
    purpose_of_new = _("Lets addresses register for one session. Tell the people yourself: no letter goes.")
    adds = _("Invite addresses to a session")
    host_path = "session__activity__host"
    list_display = ["email", "session", "invited_at", "invited_by"]
    list_filter = [SessionFilter, ("session__activity__host", OfferingHostsFilter)]
    list_select_related = ["session__activity__host", "invited_by"]
    search_fields = ["email", *side_by_side("session__activity__title")]
    search_help_text = _("Address, or title of the activity in any language")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("registrations.add_invitation")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("registrations.delete_invitation")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvitationsForm(
            request.POST if request.method == "POST" else None,
            sessions=coming_sessions(request),
            initial={"session": request.GET.get("session")},
        )
        if form.is_valid():
            new = invite(
                session=form.cleaned_data["session"],
                emails=form.cleaned_data["emails"],
                by=person_of(request),
            )
            messages.success(
                request,
                ngettext("%(count)d address is invited.", "%(count)d addresses are invited.", new)
                % {"count": new},
            )
            return HttpResponseRedirect(
                reverse("admin:catalog_session_change", args=[form.cleaned_data["session"].pk])
            )
        return self.page_to_new(request, form, button=_now("Invite"))
