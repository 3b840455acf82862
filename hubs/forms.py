"""What a visitor writes to a host. Spam is kept out by what programs do and people do not."""

import secrets

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from texts.names import NameFormField

SALT = "hubs.message"
FASTEST = 3  # seconds in which nobody writes a message
SLOWEST = 12 * 60 * 60
MOST_LINKS = 3


class MessageForm(forms.Form):
    """`stamp` tells when the form was opened, signed by us, and makes a second click on Send harmless. `website` is for
    programs: people do not see it."""

    sender = NameFormField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sender_address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("The answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput)

    @property
    def is_trapped(self) -> bool:
        """A program filled the field that people do not see."""
        return bool(self.data.get("website"))

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text.count("http://") + text.count("https://") > MOST_LINKS:
            raise ValidationError(
                _("Messages with many links are not passed on. Keep at most %(most)d of them."),
                params={"most": MOST_LINKS},
            )
        return text

    def clean(self) -> dict[str, object]:
        """Raises a sentence for who was faster than people are, or kept the form open overnight; the text stays."""
        facts = super().clean() or {}
        try:
            self.occurrence = signing.loads(facts.get("stamp", ""), salt=SALT, max_age=SLOWEST)
            too_fast = is_younger(facts["stamp"], FASTEST)
        except signing.BadSignature:
            self.renew_stamp()
            raise ValidationError(
                _("This form was open for too long. Your text is still here: send it again.")
            ) from None
        if too_fast:
            raise ValidationError(_("That was very fast. Wait a few seconds, then send it again."))
        return facts

    def renew_stamp(self) -> None:
        self.data = {**{name: self.data.get(name, "") for name in self.fields}, "stamp": new_stamp()}


def new_stamp() -> str:
    return signing.dumps(secrets.token_urlsafe(9), salt=SALT)


def is_younger(stamp: str, seconds: int) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
