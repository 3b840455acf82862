"""The picture of an activity in its form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from catalog.actions import keep_picture
from catalog.models import Activity, Picture
from pictures.errors import BadPicture
from pictures.uploads import ACCEPT

from .chosen_file import Choice, ChosenFileInput, kept_name


class PictureInput(ChosenFileInput):
    template_name = "admin/desk_picture.html"
    activity: Activity | None = None
    waiting: Picture | None = None

    def facts(self) -> dict[str, object]:
        return {"activity": self.activity}


class PictureField(forms.Field):
    widget = PictureInput

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("Picture"),
            help_text=_(
                "JPEG, PNG or WebP, at most 10 MB, at least 1280 by 720 pixels. It is cut to 16:9 from its middle; "
                "where and when it was taken is not kept. Without a picture, a cover is drawn."
            ),
        )
        self.widget.attrs["accept"] = ACCEPT


class WithPicture(forms.ModelForm[Activity]):
    """Mixin for the form of an activity. `by` is whose form it is."""

    by: User
    picture_chosen = PictureField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "picture_chosen" in self.fields:
            self.picture_input.activity = self.instance

    @property
    def picture_input(self) -> PictureInput:
        widget = self.fields["picture_chosen"].widget
        assert isinstance(widget, PictureInput)
        return widget

    def clean_picture_chosen(self) -> Picture | None:
        choice: Choice | None = self.cleaned_data["picture_chosen"]
        widget = self.picture_input
        if choice is None:
            return None
        try:
            if choice.file:
                widget.waiting = keep_picture(file=choice.file, by=self.by)
            elif choice.kept_key and not choice.unchosen and choice.kept_key != self.instance.picture_key:
                # Were it the same, a first click would have saved it already.
                widget.waiting = Picture.objects.waiting_for(self.by).filter(key=choice.kept_key).first()
                if widget.waiting is None:
                    raise ValidationError(
                        _("The picture was kept for a day only. Choose it again."), code="gone"
                    )
        except BadPicture as refusal:
            raise ValidationError(refusal.sentence, code="picture") from refusal
        widget.goes = choice.goes and widget.waiting is None
        return widget.waiting

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("picture_chosen") or (self.instance.picture_key and not self.picture_goes):
            self.demand("picture_alt_en", _("Say what the picture shows, for those who do not see it."))
            self.demand("picture_credit", _("Say whose picture it is."))
        return facts

    def demand(self, name: str, sentence: StrOrPromise) -> None:
        if name not in self.errors and not (self.cleaned_data.get(name) or "").strip():
            self.add_error(name, sentence)

    @property
    def picture_goes(self) -> bool:
        return self.picture_input.goes

    def says_what_the_former_showed(self) -> bool:
        """Whether a picture takes the place of another, and nobody touched the words."""
        words = {name for name in self.fields if name.startswith("picture_alt")}
        return bool(self.initial.get("picture_alt_en")) and words.isdisjoint(self.changed_data)

    def carried(self) -> list[tuple[str, str]]:
        """What a page that asks first has to send again in place of the file."""
        waiting = self.cleaned_data.get("picture_chosen")
        return [(kept_name(self.add_prefix("picture_chosen")), waiting.key)] if waiting else []
