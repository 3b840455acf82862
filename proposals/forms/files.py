"""Files that go with a proposal. They go one by one, as they are chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files.uploads import TEXTS, accept

from .step import StepForm


class FilesForm(StepForm):
    """The files themselves go one by one, as they are chosen."""

    step = "files"


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Add a concept note"),
        max_length=255,
        help_text=_("PDF, DOCX or ODT, at most 10 MB. Three files at most."),
        widget=forms.FileInput(attrs={"accept": accept(TEXTS)}),
    )
