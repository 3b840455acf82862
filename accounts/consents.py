"""What people agreed to, with the name of what it is about."""

from django.apps import apps
from django.contrib import admin
from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.admin import DeskAdmin, ReadOnly

from .models import Consent


@admin.register(Consent)
class ConsentAdmin(ReadOnly, DeskAdmin[Consent]):
    purpose = _("What each person agreed to, and when they said so or took it back.")
    purpose_of_one = _("What one person agreed to, in the words they read, and whether it still holds.")
    list_display = ["person", "kind", "about_shown", "given_at", "withdrawn_at"]
    list_filter = ["kind", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person"]
    search_fields = ["person__name", "person__email", "about"]
    search_help_text = _("Name, e-mail address, or what it is about")
    date_hierarchy = "given_at"
    fields = ["person", "kind", "about_shown", "wording", "given_at", "withdrawn_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consent]:
        """With the title of the activity, where it is about a session: rows know it by its number alone."""
        number = Case(
            When(about__regex=r"^session [0-9]{1,9}$", then=Cast(Substr("about", 9), BigIntegerField()))
        )
        sessions = apps.get_model("catalog", "Session")._default_manager.filter(pk=OuterRef("number"))
        titled = Subquery(sessions.values("activity__title")[:1])
        return super().get_queryset(request).annotate(number=number).annotate(title=titled)

    @admin.display(description=_("about"), ordering="about")
    def about_shown(self, consent: Consent) -> str:
        return str(getattr(consent, "title", "") or consent.about)

    def name_of(self, obj: Consent) -> str:
        return f"{obj.person}: {obj.get_kind_display()}"
