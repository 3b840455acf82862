"""What people agreed to, with the name of what it is about."""

from django.apps import apps
from django.contrib import admin
from django.db.models import BigIntegerField, Case, CharField, Func, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.admin import DeskAdmin, ReadOnly

from .models import Consent, Organization


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
        """With the title of the activity, or the name of the organization: rows know what they are about by its number."""
        number = Case(
            When(
                about__regex=r"^(session|organization) [0-9]{1,9}$",
                then=Cast(
                    Func("about", Value(" "), Value(2), function="split_part", output_field=CharField()),
                    BigIntegerField(),
                ),
            )
        )
        sessions = apps.get_model("catalog", "Session")._default_manager.filter(pk=OuterRef("number"))
        organizations = Organization.every.filter(pk=OuterRef("number"))
        title = Case(
            When(about__startswith="session ", then=Subquery(sessions.values("activity__title")[:1])),
            When(about__startswith="organization ", then=Subquery(organizations.values("name")[:1])),
        )
        return super().get_queryset(request).annotate(number=number).annotate(title=title)

    @admin.display(description=_("about"), ordering="about")
    def about_shown(self, consent: Consent) -> str:
        return str(getattr(consent, "title", "") or consent.about)

    def name_of(self, obj: Consent) -> str:
        return f"{obj.person}: {obj.get_kind_display()}"
