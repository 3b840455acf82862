"""One material in the form of an activity: a link, or a file."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Material
from desk.fields import language_choices
from files.keeping import keep_file, waiting_for
from files.models import KeptFile
from files.uploads import LARGEST_MATERIAL, MATERIALS, MATERIALS_HINT, accept
from texts.languages import language_name

from .chosen_file import Choice, ChosenFileInput, kept_name


class MaterialFileInput(ChosenFileInput):
    template_name = "admin/desk_material_file.html"
    material: Material | None = None
    waiting: KeptFile | None = None

    def facts(self) -> dict[str, object]:
        largest = {"bytes": LARGEST_MATERIAL, "words": filesizeformat(LARGEST_MATERIAL)}
        return {"material": self.material, "largest": largest}


class MaterialFileField(forms.Field):
    widget = MaterialFileInput

    def __init__(self) -> None:
        super().__init__(required=False, label=_("File"), help_text=MATERIALS_HINT)
        self.widget.attrs["accept"] = accept(MATERIALS)


class MaterialForm(forms.ModelForm[Material]):
    """`by` is whose form it is."""

    by: User
    file_chosen = MaterialFileField()
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Media:
        js = ["js/file-size.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file_chosen" in self.fields:
            self.file_input.material = self.instance
        if isinstance(field := self.fields.get("language"), forms.ChoiceField):
            choices = [("", _("not said")), *language_choices()]
            code = self.instance.language
            field.choices = choices if code in dict(choices) else [*choices, (code, language_name(code))]

    @property
    def file_input(self) -> MaterialFileInput:
        widget = self.fields["file_chosen"].widget
        assert isinstance(widget, MaterialFileInput)
        return widget

    def clean_file_chosen(self) -> KeptFile | None:
        choice: Choice | None = self.cleaned_data["file_chosen"]
        widget = self.file_input
        if choice is None:
            return None
        if choice.file:
            widget.waiting = kept_or_refused(choice.file, self.by)
        elif choice.kept_key and not choice.unchosen:
            widget.waiting = waiting_for(self.by).filter(key=choice.kept_key).first()
            if widget.waiting is None:
                raise ValidationError(_("The file was kept for a day only. Choose it again."), code="gone")
        widget.goes = choice.goes and widget.waiting is None
        return widget.waiting

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if "file_chosen" not in self.fields or self.errors.keys() & {"link", "file_chosen"}:
            return facts
        has_file = facts.get("file_chosen") or (self.instance.file and not self.file_input.goes)
        if has_file and facts.get("link"):
            self.add_error("link", _("There is a file, too. Empty the link, or take the file away."))
        elif not has_file and not facts.get("link"):
            self.add_error("link", _("Give a link, or choose a file."))
        return facts

    def save(self, commit: bool = True) -> Material:
        kept: KeptFile | None = self.cleaned_data.get("file_chosen")
        if kept:
            name, size = kept.file_name, kept.file_size
            self.instance.file, self.instance.file_name, self.instance.file_size = kept.file.name, name, size
        elif self.file_input.goes:
            self.instance.file, self.instance.file_name, self.instance.file_size = "", "", 0
        row: Material = super().save(commit)
        if kept and commit:
            kept.delete()  # the file stays: the material names it
        return row

    def carried(self) -> list[tuple[str, str]]:
        """What a page that asks first has to send again in place of the file."""
        kept: KeptFile | None = self.cleaned_data.get("file_chosen")
        return [(kept_name(self.add_prefix("file_chosen")), kept.key)] if kept else []


def keep_material(*, file: UploadedFile[bytes], by: User, now: datetime) -> KeptFile:
    return keep_file(
        file=file, kinds=MATERIALS, hint=MATERIALS_HINT, largest=LARGEST_MATERIAL, by=by, now=now
    )


def kept_or_refused(file: UploadedFile[bytes], by: User) -> KeptFile:
    try:
        return keep_material(file=file, by=by, now=timezone.now())
    except ValidationError as refusal:
        if refusal.code != "too_large":
            raise
        raise ValidationError([refusal, ValidationError(_("A long recording is given as a link."))]) from None
