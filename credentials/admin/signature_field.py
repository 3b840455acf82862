"""The picture of a signature in the form of who signs."""

from base64 import b64encode
from typing import Any

from django.utils.translation import gettext_lazy as _

from files.small_pictures import ChoiceField, ChoiceInput
from pictures.errors import BadPicture

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


class SignatureField(ChoiceField[SignaturePicture]):
    widget = SignatureInput

    def __init__(self) -> None:
        super().__init__(
            signature_picture,
            label=_("Picture of the signature"),
            help_text=_(
                "If wanted: PNG, JPEG or WebP, at most 10 MB. A photograph of a dark pen on white paper will do: the paper "
                "is taken away, and where and when it was taken is not kept."
            ),
            refusals=(BadPicture, NoInk),
        )

    @property
    def input(self) -> SignatureInput:
        widget: object = self.widget
        assert isinstance(widget, SignatureInput)
        return widget
