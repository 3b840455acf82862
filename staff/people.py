"""People, with what they registered for, and their wish to be forgotten."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import actions as accounts
from accounts.actions import EmailRefused
from accounts.actions import correct_email as correct
from accounts.admin import PersonPages
from accounts.erasing import WasMerged, erase_person
from accounts.models import User
from accounts.whose import owner_of
from desk.clock import shown
from desk.steps import Outlook, Step
from merging.desk import Merges
from merging.kinds import PEOPLE
from texts.refusals import Refused
from texts.rows import listed


class MayNotErase(Refused):
    words = _("Take the role away first: accounts of staff are not erased.")


class MayNotEnd(Refused):
    words = _("Only a superuser ends the sign-ins of another.")


def look_at_erasure(person: User) -> Outlook:
    if person.erased_at:
        return Outlook(person, refusal=_now("The account was erased before."))
    if person.merged_into_id:
        return Outlook(person, refusal=WasMerged().sentence)
    if person.is_staff or person.is_superuser:
        return Outlook(person, refusal=MayNotErase().sentence)
    return Outlook(
        person,
        _now(
            "Name, address, post, consents and letters are forgotten, and registrations to come are cancelled. "
            "What remains is a row without a name, for counting. There is no way back."
        ),
    )


def erase(person: User, *, by: User) -> str:
    if person.is_staff or person.is_superuser:
        raise MayNotErase
    erase_person(person=person, by=by)
    return _now("erased.")


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("The right e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "vTextField"}),
    )
    why = forms.CharField(
        label=_("How we know it"),
        max_length=300,
        help_text=_("Kept in the history, with your name: a call, a letter, a list of the city."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


def look_at_correction(person: User) -> Outlook:
    return Outlook(
        person,
        _now(
            "%(address)s is replaced. The person signs in with the new address and proves it with the code sent there. "
            "Letters that were refused can be sent again from their pages: they go to the new address."
        )
        % {"address": person.email},
        letters_known=False,
    )


def correct_email(person: User, *, by: User, email: str, why: str) -> str:
    correct(person=person, email=email, why=why, by=by)
    return _now("from now on at %(address)s.") % {"address": email.lower()}


CORRECTION = Step(
    noun="correction",
    purpose=_("For an account with a wrong e-mail address: letters and codes go to the right one."),
    label=_("Correct the address"),
    question=_("Which is the right address?"),
    button=_("Correct the address"),
    permission="accounts.change_user",
    look=look_at_correction,
    do=correct_email,
    refusals=(EmailRefused,),
    form=EmailForm,
    makes_sense=lambda person: not person.erased_at,
    several=False,
)


def look_at_sign_ins(person: User) -> Outlook:
    if person.erased_at:
        return Outlook(person, refusal=_now("The account was erased before."))
    return Outlook(
        person,
        _now(
            "The person is signed out in every browser. They can come in again with a code. To keep them out, take "
            "“may sign in” away, too."
        ),
    )


def end_sign_ins(person: User, *, by: User) -> str:
    if person.is_superuser and not by.is_superuser:
        raise MayNotEnd
    accounts.end_sign_ins(person=person, by=by)
    return _now("signed out everywhere.")


SIGN_OUT = Step(
    noun="signing-out",
    purpose=_("For a phone that was lost, or a computer that others use: every browser must sign in anew."),
    label=_("Sign out everywhere"),
    question=ngettext_lazy(
        "Sign this person out everywhere?", "Sign these %(count)d people out everywhere?", "count"
    ),
    button=_("Sign out everywhere"),
    permission="accounts.change_user",
    look=look_at_sign_ins,
    do=end_sign_ins,
    refusals=(MayNotEnd,),
    makes_sense=lambda person: not person.erased_at,
)

ERASURE = Step(
    noun="erasure",
    purpose=_("For somebody who asks to be forgotten: what is known of them goes, and only a number stays."),
    label=_("Erase the account"),
    question=ngettext_lazy("Erase this account?", "Erase these %(count)d accounts?", "count"),
    button=_("Erase for good"),
    permission="accounts.change_user",
    look=look_at_erasure,
    do=erase,
    refusals=(MayNotErase, WasMerged),
    makes_sense=lambda person: not person.erased_at and not person.is_staff,
    serious=True,
)


@admin.register(User)
class PersonAdmin(Merges[User], PersonPages):
    merges = PEOPLE
    steps = (CORRECTION, SIGN_OUT, ERASURE)
    readonly_fields = [*PersonPages.readonly_fields, "other_addresses", "registered_for"]
    fieldsets = [
        *PersonPages.fieldsets,
        (_("Registrations"), {"fields": ["registered_for"]}),
        (_("Other accounts"), {"fields": ["other_addresses"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """By an address that they had, or have beside their own, too."""
        people, repeats = super().get_search_results(request, queryset, search_term)
        known = owner_of(search_term, formerly=True) if "@" in search_term else None
        return (people | queryset.filter(pk=known.pk) if known else people), repeats

    def told_with(self, obj: User) -> list[int]:
        return [one.pk for one in obj.all_merged()]

    @admin.display(description=_("also known by"))
    def other_addresses(self, person: User) -> str:
        """Of accounts that were merged into this one, and of former times."""
        if not person.pk:
            return ""
        names = [one.name for one in person.all_merged() if one.name and one.name != person.name]
        former = person.former_addresses.values_list("email", flat=True)
        return listed(dict.fromkeys([*names, *former])) or _now("None")

    @admin.display(description=_("registrations"))
    def registered_for(self, person: User) -> str:
        if not person.pk:
            return ""
        registrations: Any = person.registrations.select_related("session__activity").order_by(
            "-session__starts_at"
        )[:50]
        return format_html_join(
            "",
            '<p><a href="{}">{}</a>, {} – {}</p>',
            (
                (
                    reverse("admin:registrations_registration_change", args=[registration.pk]),
                    registration.session.activity,
                    shown(registration.session.starts_at, registration.session.zone),
                    registration.get_state_display(),
                )
                for registration in registrations
            ),
        ) or _now("None")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
