"""The history of all things, and what of other packages' administration we keep."""

from typing import NoReturn

from allauth.account import admin as account_admin  # noqa: F401 - registers what we take away
from allauth.mfa import admin as mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as usersessions_admin  # noqa: F401
from allauth.usersessions.models import UserSession
from auditlog import admin as auditlog_admin  # noqa: F401
from auditlog.models import LogEntry
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from desk.admin import DeskAdmin, ReadOnly
from desk.history import changes, deed

from allauth.account.models import EmailAddress  # isort: skip

# E-mail addresses, second factors and open sign-ins are their person's own, on the account pages.
for model in (EmailAddress, Authenticator, UserSession, LogEntry):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(LogEntry)
class HistoryAdmin(ReadOnly, DeskAdmin[LogEntry]):
    purpose = _("Every change, by whom and when, also of what is no longer there.")
    purpose_of_one = _("One change: what was there before, what came after, and by whom.")
    list_display = ["timestamp", "who", "deed"]
    list_filter = ["action", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["actor", "content_type"]
    search_fields = ["object_repr", "actor__name", "actor__email"]
    search_help_text = _("Who, or what was changed")
    date_hierarchy = "timestamp"
    fieldsets = [(None, {"fields": ["timestamp", "who", "deed", "changes_shown"]})]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> NoReturn:
        from django.http import Http404

        raise Http404

    @admin.display(description=_("who"), ordering="actor__name")
    def who(self, entry: LogEntry) -> str:
        return str(entry.actor or entry.actor_email or _now("the station itself"))

    @admin.display(description=_("what"))
    def deed(self, entry: LogEntry) -> str:
        return deed(entry)

    def name_of(self, obj: LogEntry) -> str:
        return deed(obj)

    @admin.display(description=_("changes"))
    def changes_shown(self, entry: LogEntry) -> SafeString:
        return render_to_string("admin/desk_changes.html", {"changes": changes(entry)})
