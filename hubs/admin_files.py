"""Files in the administration: checked when they come, and reached through our own pages only."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from .uploads import CONTENT_TYPES, HINT, check_upload


class PrivateFile(forms.FileField):
    """Shows no address of what is there: the storage has none. The page links to our own view instead."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("help_text", HINT)
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{extension}" for extension in CONTENT_TYPES)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            check_upload(file)
        return file


class LinkOrFile(forms.ModelForm):
    """Of what has `link`, `file` and `file_name`."""

    file = PrivateFile()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("link") and not facts.get("file") and "file" not in self.errors:
            raise ValidationError(_("Give a link, or choose a file."))
        return facts

    def save(self, commit: bool = True) -> Any:
        remember_name(self.instance, "file", "file_name")
        return super().save(commit)


def remember_name(row: Any, field: str, name_field: str) -> None:
    """What a new file was called when it came; it is kept under another name."""
    file: FieldFile = getattr(row, field)
    if file and not file._committed:  # type: ignore[attr-defined]
        setattr(row, name_field, (file.name or "")[:200])
