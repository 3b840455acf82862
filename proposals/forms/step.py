"""A step of writing as a form. A draft is what was typed; a form tells whether it may be sent."""

from collections.abc import Iterable

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _now

from accounts.models import User

from ..content import Content, Typed
from ..fields import Text


class StepForm(forms.Form):
    """`typed` is the draft. Bound to `data`, or to the draft itself with `check`, it says what is missing."""

    step = ""
    speaker_fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: MultiValueDict[str, str] | None = None,
        *,
        typed: Typed | None = None,
        person: User | None = None,
        check: bool = False,
    ):
        typed = typed or {}
        if check and data is None:
            data = as_data(typed)
        super().__init__(data, initial=dict(typed), auto_id="id_%s")
        self.person = person
        self.prepare(typed)
        for field in self.fields.values():
            if isinstance(field, Text) and field.longest:
                most = _now("At most %(longest)s characters.") % {
                    "longest": number_format(field.longest, force_grouping=True)
                }
                field.help_text = f"{field.hint} {most}".strip()

    def prepare(self, typed: Typed) -> None:
        pass

    def typed(self) -> dict[str, str | list[str]]:
        """What was posted for these fields, right or wrong, as it was typed."""
        answers: dict[str, str | list[str]] = {}
        for name, field in self.fields.items():
            if field.disabled:
                continue
            if isinstance(field, forms.MultipleChoiceField):
                assert isinstance(self.data, MultiValueDict)
                answers[name] = self.data.getlist(name)
            else:
                answers[name] = self.data.get(name, "")
        return answers

    def content(self) -> Content:
        """Of a valid form: what is sent."""
        return dict(self.cleaned_data)

    @property
    def plain(self) -> Iterable[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.speaker_fields]


def as_data(typed: Typed) -> MultiValueDict[str, str]:
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    )
