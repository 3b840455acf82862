"""A file chosen in a form of the desk.

Browsers never send a chosen file twice. So a file is kept as soon as it comes, and the form, shown again or asked about
first, names what is kept: an error elsewhere costs nobody an upload.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model


@dataclass(frozen=True)
class Choice:
    """What the form says: a file comes with it, one is kept from before, not to take that one, the stored file goes."""

    file: UploadedFile[bytes] | None
    kept_key: str
    unchosen: bool
    goes: bool


class ChosenFileInput(forms.FileInput):
    """`waiting` is what is kept of this form, once it was cleaned; `goes` whether the stored file is to go."""

    waiting: Model | None = None
    goes = False

    def value_from_datadict(self, data: Mapping[str, str], files: Any, name: str) -> Choice | None:
        choice = Choice(
            file=files.get(name),
            kept_key=data.get(kept_name(name), ""),
            unchosen=f"{name}-unchosen" in data,
            goes=f"{name}-goes" in data,
        )
        return choice if choice != Choice(None, "", False, False) else None

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        facts = {"waiting": self.waiting, "goes": self.goes, "kept_name": kept_name(name)} | self.facts()
        return context | {"widget": context["widget"] | facts}

    def facts(self) -> dict[str, object]:
        """What its template knows besides."""
        raise NotImplementedError


def kept_name(name: str) -> str:
    return f"{name}-kept"
