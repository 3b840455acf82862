"""A small picture in a form of the desk.

Browsers never send a chosen file twice. What was made of it rides along in the form, until the form is saved.
"""

import io
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django_stubs_ext import StrOrPromise

from pictures.errors import BadPicture
from pictures.uploads import ACCEPT
from texts.refusals import Refused

from .uploads import check_size


@dataclass(frozen=True)
class Choice:
    """What the form says: a file comes with it, what one became rides along, the picture goes."""

    file: UploadedFile[bytes] | None
    carried: str
    goes: bool


class ChoiceInput(forms.FileInput):
    chosen: Any = None  # what was made of the file that comes with the form, or rides along in it
    goes = False

    def value_from_datadict(self, data: Mapping[str, str], files: Any, name: str) -> Choice | None:
        choice = Choice(files.get(name), data.get(f"{name}-carried", ""), f"{name}-goes" in data)
        return choice if choice != Choice(None, "", False) else None


class ChoiceField[Made](forms.Field):
    """Its value is what `make` makes of the file, ready to keep; None where none was chosen."""

    widget = ChoiceInput

    def __init__(
        self,
        make: Callable[[IO[bytes]], Made],
        *,
        label: StrOrPromise,
        help_text: StrOrPromise,
        refusals: tuple[type[Refused], ...] = (BadPicture,),
    ) -> None:
        super().__init__(required=False, label=label, help_text=help_text)
        self.make, self.refusals = make, refusals
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, value: Choice | None) -> Made | None:
        if value is None:
            return None
        widget: object = self.widget
        assert isinstance(widget, ChoiceInput)
        widget.goes = value.goes
        if value.file:
            check_size(value.file)
        content = value.file or carried(value.carried)
        if content:
            try:
                widget.chosen = self.make(content)
            except self.refusals as refusal:
                raise ValidationError(refusal.sentence, code="picture") from refusal
            widget.goes = False
        return widget.chosen or None

    def has_changed(self, initial: object, data: object) -> bool:
        return data is not None


class SmallPictureInput(ChoiceInput):
    template_name = "admin/small_picture.html"
    there = ""  # the address of the one that is saved
    chosen: bytes = b""
    kind = ""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        chosen = b64encode(self.chosen).decode()
        shown = {"there": self.there, "chosen": chosen, "goes": self.goes, "kind": self.kind}
        return context | {"widget": context["widget"] | shown}


class SmallPictureField(ChoiceField[bytes]):
    widget = SmallPictureInput

    def __init__(self, make: Callable[[IO[bytes]], bytes], *, kind: str = "", **options: Any) -> None:
        super().__init__(make, **options)
        self.input.kind = kind

    @property
    def input(self) -> SmallPictureInput:
        widget: object = self.widget
        assert isinstance(widget, SmallPictureInput)
        return widget


def carried(text: str) -> io.BytesIO | None:
    """As it stood in the form, and may have been changed there: it is looked at like any file."""
    try:
        return io.BytesIO(b64decode(text, validate=True)) if text else None
    except ValueError:
        return None
