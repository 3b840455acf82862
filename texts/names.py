"""Names of people, in any script, as they stand on a certificate."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from .cleaning import cleaned, is_visible_letter

# They show nothing and part one name from another that looks the same: soft hyphen, zero-width blank, word joiner.
UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064]")
# Persian and many Indian scripts write joiners inside words (Unicode, 23.2); at the edge of a word they do nothing.
LOOSE_JOINERS = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)")


def name_as_typed(text: str) -> str:
    """The name with single blanks and without what is not seen. Joiners inside words stay."""
    return " ".join(LOOSE_JOINERS.sub("", UNSEEN.sub("", cleaned(text))).split())


def validate_name(name: str) -> None:
    """Raises ValidationError where no letter of any script is seen."""
    if not any(map(is_visible_letter, name)):
        raise ValidationError(_("Write the name with letters, in any script."), code="no_letter")


class NameFormField(forms.CharField):
    """Gives the name as `name_as_typed`; refuses one without a visible letter."""

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.validators.append(validate_name)

    def to_python(self, value: object) -> str:
        return name_as_typed(super().to_python(value) or "")


class NameField(models.CharField[str | int | Combinable, str]):
    """A CharField whose forms, also those of the admin, take names only. For migrations it is a CharField."""

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**({"form_class": NameFormField} | options))

    def deconstruct(self) -> Any:
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options
