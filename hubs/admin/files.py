"""Files in the administration: checked when they come, and reached through our own pages only."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.types import FieldGroups, Fieldsets
from files.uploads import HINT, accept, checked


class PrivateFile(forms.FileField):
    """Shows no address of what is there: the storage has none. The page links to our own view instead."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("help_text", HINT)
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs["accept"] = accept()

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            file.name, _kind = checked(file)
        return file


class LinksToFiles[M: Model](BaseModelAdmin[M]):
    """Stands before a ModelAdmin or inline with a PrivateFile: who may only look gets no field of it.

    Django would show a link to the storage, which has no address; beside it stands the link to our own page.
    """

    def get_fieldsets(self, request: HttpRequest, obj: M | None = None) -> Fieldsets:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        files = {field.name for field in self.model._meta.fields if isinstance(field, models.FileField)}
        return [
            (name, {**options, "fields": without(options["fields"], files)}) for name, options in fieldsets
        ]


def without(fields: FieldGroups, left_out: set[str]) -> FieldGroups:
    """The fields of a fieldset, of which some stand together in one row, but those that are `left_out`."""
    remaining: list[str | list[str] | tuple[str, ...]] = []
    for field in fields:
        if isinstance(field, str):
            remaining += [field] if field not in left_out else []
        elif row := tuple(name for name in field if name not in left_out):
            remaining.append(row)
    return remaining


class LinkOrFile(forms.ModelForm[Any]):
    """Of what has `link`, `file` and `file_name`."""

    file = PrivateFile()

    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("link") and not facts.get("file") and "file" not in self.errors:
            raise ValidationError(_("Give a link, or choose a file."))
        return facts

    def save(self, commit: bool = True) -> Model:
        remember_name(self.instance, "file", "file_name")
        row: Model = super().save(commit)
        return row


def remember_name(row: Model, field: str, name_field: str) -> None:
    """What a new file was called when it came; it is kept under another name."""
    file: FieldFile = getattr(row, field)
    if file and not file._committed:  # type: ignore[attr-defined]  # Django’s mark of a new file, which the stubs leave out
        setattr(row, name_field, (file.name or "")[:200])
