import unicodedata
from itertools import groupby
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmEmailVerificationCodeForm
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk.alphabet import Alphabetical

from .codes import may_try
from .country_field import countries
from .models import Organization, User
from .models.organization import OrganizationQuerySet
from .regions import Region
from .zone_fields import ZoneField, ZoneSelect
from .zones import current_name, zone_names, zone_of_country


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Write your e-mail address.")},
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """The code from the letter. Spaces, dashes and the digits of any script are welcome."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "dir": "ltr"}
        ),
    )

    def __init__(self, *args: Any, expected: str, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.expected, self.email = expected, email

    def clean_code(self) -> str:
        code = ascii_digits(self.cleaned_data["code"])
        if not is_the_code(code, expected=self.expected, email=self.email):
            raise forms.ValidationError(
                _("This is not the code we sent last. Look for the newest letter, or ask for another code.")
            )
        return code


class EmailCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that proves a new e-mail address, guessed no more often than the one to sign in (ACCOUNT_FORMS)."""

    def clean_code(self) -> str:
        self.cleaned_data["code"] = ascii_digits(self.cleaned_data["code"])
        if not is_the_code(self.cleaned_data["code"], expected=self.expected_code, email=self.email):
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()
        return code


def is_the_code(code: str, *, expected: str, email: str) -> bool:
    """Counts the try first: of many at once no more are looked at than one after the other would be."""
    return (
        bool(expected)
        and may_try(expected, for_whom=email)
        and compare_user_code(actual=code, expected=expected)
    )


def ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(letter, letter)) for letter in text)


class OrganizationSelect(forms.Select):
    """A list that static/js/choices.js makes a field to type in: each option carries the other names of its organization."""

    def __init__(self, *args: Any, other: str, **options: Any):
        """`other` is the id of the field for what is in no list."""
        super().__init__(*args, **options)
        self.attrs |= {"data-choices": True, "data-other": other}
        self.other_names: dict[int, str] = {}

    def create_option(self, name: str, value: object, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if value in self.other_names:
            option["attrs"]["data-also"] = self.other_names[value]
        return option


class OrganizationChoice(forms.ModelChoiceField[Organization]):
    """The members by region, in the reader's language: a native list, with scripts one to type in."""

    widget: OrganizationSelect

    def __init__(self, **options: Any):
        options.setdefault("widget", OrganizationSelect(other="id_organization_other"))
        super().__init__(Organization.objects.none(), **options)

    def validate(self, value: Organization | None) -> None:
        """Empty is checked by the form: another organization may be written instead."""

    def label_from_instance(self, organization: Organization) -> str:
        return _("%(name)s (%(country)s)") % {
            "name": organization.name_shown,
            "country": organization.country_name,
        }

    def offer(self, organizations: OrganizationQuerySet) -> None:
        self.queryset = organizations
        offered = list(organizations.searchable().order_by("region", Alphabetical("name_shown")))
        self.widget.other_names = {
            organization.pk: " ".join(organization.other_names)
            for organization in offered
            if organization.other_names
        }
        by_region = groupby(offered, lambda organization: organization.region)
        self.choices = [
            ("", self.empty_label),
            *(
                (
                    Region(region).label,
                    [(organization.pk, self.label_from_instance(organization)) for organization in members],
                )
                for region, members in by_region
            ),
        ]


NEEDED = {
    "name": _("Write your name as the host should read it."),
    "post": _("Tell us your post, so that the host knows whom the session is for."),
    "profile": _("Choose one of the two."),
    "country": _("Choose your country."),
}


class ProfileForm(forms.ModelForm[User]):
    """The one short form: what a host needs to know, and a certificate to say."""

    organization = OrganizationChoice(
        label=_("Organization"),
        empty_label=_("Choose, or write another below"),
        widget=OrganizationSelect(other="id_organization_other", attrs={"autocomplete": "organization"}),
    )

    class Meta:
        model = User
        fields = [
            "name",
            "organization",
            "organization_other",
            "post",
            "profile",
            "country",
            "language",
            "timezone",
            "reminders",
            "quiet_hours",
        ]
        labels = {
            "name": _("Your name"),
            "organization_other": _("Another organization"),
            "post": _("Your post"),
            "profile": _("You are"),
            "language": _("Language of our letters to you"),
            "timezone": _("Your time zone"),
            "reminders": _("Remind me by e-mail before a session starts"),
            "quiet_hours": _("Let me sleep: send what can wait between 8:00 and 21:00"),
        }
        help_texts = {
            "name": _("As the host should read it, in any script. Only hosts and coordinators see it."),
            "organization_other": _("Only if yours is not in the list above."),
            "post": _("Such as “Head of Mobility” or “Deputy Mayor”."),
            "timezone": _(
                "All times are shown in this time zone. If you leave it empty, we use that of your city or country."
            ),
            "reminders": _("Changes to a session you registered for, and the link to join, are always sent."),
            "quiet_hours": _(
                "By your clock. Codes, changes and links to join come at any hour, and nothing waits until it is too late."
            ),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "organization_other": forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
            "post": forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
            "profile": forms.RadioSelect,
            "country": forms.Select(attrs={"autocomplete": "country"}),
            "timezone": ZoneSelect,
        }

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organization"].offer(self._organizations())
        for name, sentence in NEEDED.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        self.fields["country"].widget.choices = [("", _("Choose a country")), *countries]
        self.fields["profile"].choices = [
            (User.Profile.TECHNICAL, _("technical: you work for the administration")),
            (User.Profile.ELECTED, _("elected: you hold a political mandate")),
        ]
        self.fields["timezone"].widget.choices = zone_choices(self.instance.timezone)

    def _organizations(self) -> OrganizationQuerySet:
        """The members of today, and the person's own organization even where it has left."""
        members = Organization.objects.members()
        return members | Organization.objects.filter(Q(pk=self.instance.organization_id))

    def clean_timezone(self) -> str:
        return current_name(self.cleaned_data["timezone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, other = data.get("organization"), data.get("organization_other")
        if chosen and other:
            self.add_error(
                "organization_other",
                _("You chose %(name)s above. Leave this empty, or choose the first line above.")
                % {"name": chosen.name},
            )
        elif not chosen and not other and "organization" not in self.errors:
            self.add_error(
                "organization", _("Choose your organization, or write its name in the next field.")
            )
        if not data.get("timezone") and "timezone" not in self.errors:
            data["timezone"] = self._likely_zone(chosen, data.get("country"))
        return data

    def _likely_zone(self, organization: Organization | None, country: str | None) -> str:
        if organization and organization.country == country:
            return organization.timezone
        zone = zone_of_country(country) if country else ""
        if country and not zone:
            self.add_error("timezone", _("Your country has several time zones. Choose yours."))
        return zone


class ZoneForm(forms.Form):
    """In whose clock a visitor wishes to read. Empty is the host's."""

    zone = ZoneField(
        label=_("Your time zone"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the cities in the list.")},
        widget=ZoneSelect,
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", _("The time zone of each host")), *zone_choices()[1:]]


def zone_choices(stored: str = "") -> list[tuple[str, Any]]:
    """The zones by area. `stored` is offered even where it is none of them, as Etc/GMT+5."""
    stored = current_name(stored)
    names = [name for name in zone_names() if "/" in name]
    areas = [
        (area, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in group])
        for area, group in groupby(names, lambda name: name.partition("/")[0])
    ]
    single = ["UTC"] + ([stored] if stored and stored not in zone_names() else [])
    return [("", _("Choose a city in your time zone")), *areas, *((name, name) for name in single)]
