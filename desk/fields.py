"""Form fields of the staff's pages. All work without scripts."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from texts.languages import language_name

from .clock import in_zone
from .years import validate_year

# The languages people teach in, by their codes (ISO 639-1). What else a row holds is offered as well.
TEACHING_LANGUAGES = ("en", "fr", "es", "ar", "fa", "ko", "zh", "pt", "ru", "tr", "de", "ja", "ca")


def field_of[F: forms.Field](form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """A field of the form, known as the kind it was declared as."""
    field = form.fields[name]
    assert isinstance(field, kind), name
    return field


def language_choices(codes: Iterable[str] = TEACHING_LANGUAGES) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in codes]


class Checkboxes(forms.TypedMultipleChoiceField):
    """Several of a few choices, kept as a list. Choices may be given as a function."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Any, coerce: Any = str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=choices, coerce=coerce, empty_value=[], **kwargs)

    def offer(self, current: Iterable[Any] | None, *, name: Callable[[Any], str] = str) -> None:
        """Offer what a row holds besides, so that saving never drops it unseen."""
        choices: list[tuple[Any, Any]] = list(self.widget.choices)
        known = {str(value) for value, _label in choices}
        extra = [(value, name(value)) for value in current or () if str(value) not in known]
        if extra:
            self.choices = [*choices, *extra]


class Lines(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("One on each line."))
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]  # a CharField of several texts
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for line in value:
            if len(line) > self.longest:
                raise ValidationError(
                    _("“%(start)s…” is too long: at most %(longest)s characters on a line."),
                    params={"start": line[:30], "longest": self.longest},
                )

    def run_validators(self, value: object) -> None:
        pass  # those of CharField look at one text

    def has_changed(self, initial: Any, data: object) -> bool:
        return list(initial or []) != self.to_python(data)


class PlaceTime(forms.DateTimeField):
    """A moment typed and shown on the clock of a place: set `zone` when the form is made.

    The form's clean() calls `moment()`, because the place may be typed in the same form.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [validate_year]

    zone: ZoneInfo = ZoneInfo("UTC")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: object) -> datetime | None:
        """What the clock on the wall shows, without a zone."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        for pattern in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
            try:
                return datetime.strptime(text, pattern)
            except ValueError:
                continue
        raise ValidationError(_("Write a date and a time such as 2026-12-01 10:00."), code="invalid")

    def has_changed(self, initial: Any, data: object) -> bool:
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        was: datetime | None = self.prepare_value(initial)
        return (was and was.replace(second=0, microsecond=0)) != (
            typed and typed.replace(second=0, microsecond=0)
        )


def moment(wall: datetime | None, zone: ZoneInfo, *, was: datetime | None = None) -> datetime | None:
    """The moment a PlaceTime means in `zone`. What shows the same minute as before stays the same to the second.

    Raises ValidationError when the clocks of the zone never show it.
    """
    if wall is None:
        return None
    if was is not None:
        local = was.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
        if local == wall.replace(second=0, microsecond=0):
            return was
    return in_zone(wall, zone)
