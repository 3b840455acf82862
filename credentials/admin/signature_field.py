"""The picture of a signature in the form of who signs.

Browsers never send a chosen file twice. What was made of it rides along in the form, until the form is saved.
"""

import io
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from files.uploads import check_size
from pictures.errors import BadPicture
from pictures.uploads import ACCEPT

from ..errors import NoInk
from ..models import Signature
from ..signature_picture import SignaturePicture, signature_picture


@dataclass(frozen=True)
class Choice:
    """What the form says: a file comes with it, what one became rides along, the picture goes."""

    file: UploadedFile[bytes] | None
    carried: str
    goes: bool


class SignatureInput(forms.FileInput):
    template_name = "admin/credentials/signature_input.html"
    there: Signature | None = None
    chosen: SignaturePicture | None = None
    goes = False

    def value_from_datadict(self, data: Mapping[str, str], files: Any, name: str) -> Choice | None:
        choice = Choice(files.get(name), data.get(f"{name}-carried", ""), f"{name}-goes" in data)
        return choice if choice != Choice(None, "", False) else None

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


def carried(text: str) -> io.BytesIO | None:
    """As it stood in the form, and may have been changed there: it is looked at like any file."""
    try:
        return io.BytesIO(b64decode(text, validate=True)) if text else None
    except ValueError:
        return None
