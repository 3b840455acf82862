"""The kinds of fields in which a proposal is written."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext
from django_stubs_ext import StrPromise

from texts.names import name_as_typed, validate_name

from .content import ITEMS, Item


class Text(forms.CharField):
    """Says how much may be written; the script counts. The browser cuts nothing off: what is too long is told, and kept."""

    def __init__(self, item: Item | str, hint: StrPromise | str = "", *, rows: int = 0, **widget: str):
        item = ITEMS[item] if isinstance(item, str) else item
        self.longest, self.hint = item.longest, hint
        attrs = {"dir": "auto", "data-count": item.longest} | widget
        super().__init__(
            label=item.label,
            required=item.needed,
            help_text=hint,
            widget=forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs),
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            raise ValidationError(
                ngettext(
                    "This is %(over)d character too long. All of it is kept: shorten it here.",
                    "This is %(over)d characters too long. All of it is kept: shorten it here.",
                    over,
                )
                % {"over": over},
                code="too_long",
            )


class NameText(Text):
    """The name of a person."""

    default_validators = [validate_name]

    def to_python(self, value: object) -> str:
        return name_as_typed(super().to_python(value) or "")


class Several(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
