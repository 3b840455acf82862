"""The picture of a signature in the form of who signs."""

from base64 import b64encode
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from files.small_pictures import Choice, ChoiceInput, carried
from files.uploads import check_size
from pictures.errors import BadPicture
from pictures.uploads import ACCEPT

from ..errors import NoInk
from ..models import Signature
from ..signature_picture import SignaturePicture, signature_picture


class SignatureInput(ChoiceInput):
    template_name = "admin/credentials/signature_input.html"
    there: Signature | None = None
    chosen: SignaturePicture | None = None

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        png = self.chosen.png if self.chosen else bytes(self.there.png) if self.there else b""
        shown = {"picture": b64encode(png).decode(), "is_new": bool(self.chosen), "goes": self.goes}
        return context | {"widget": context["widget"] | shown}


class SignatureField(forms.Field):
    """Its value is what was chosen, ready to keep; None where nothing was."""

    widget = SignatureInput

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("Picture of the signature"),
            help_text=_(
                "If wanted: PNG, JPEG or WebP, at most 10 MB. A photograph of a dark pen on white paper will do: the paper "
                "is taken away, and where and when it was taken is not kept."
            ),
        )
        self.widget.attrs["accept"] = ACCEPT

    @property
    def input(self) -> SignatureInput:
        widget: object = self.widget
        assert isinstance(widget, SignatureInput)
        return widget

    def clean(self, value: Choice | None) -> SignaturePicture | None:
        if value is None:
            return None
        self.input.goes = value.goes
        if value.file:
            check_size(value.file)
        content = value.file or carried(value.carried)
        if content:
            try:
                self.input.chosen = signature_picture(content)
            except (BadPicture, NoInk) as refusal:
                raise ValidationError(refusal.sentence, code="picture") from refusal
            self.input.goes = False
        return self.input.chosen

    def has_changed(self, initial: object, data: object) -> bool:
        return data is not None
