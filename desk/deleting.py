"""What would go with a thing that is deleted, in words: without the rows in which two things are tied together."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import ManyToManyField, ManyToManyRel, Model
from django.utils.text import capfirst

# How Django calls a row that has no name: “Activity-topic relationship: Activity_topics object (1)”.
NAMELESS = re.compile(r" object \(\d+\)")


def named(deleted: list[Any]) -> list[Any]:
    """Of Django's nested list, what has a name."""
    kept = (named(one) if isinstance(one, list) else one for one in deleted)
    return [one for one in kept if one != [] and (isinstance(one, list) or not NAMELESS.search(str(one)))]


def loosened(thing: Model) -> Iterator[tuple[str, int]]:
    """Of what it is taken out without anything else going: the kind of things, and how many."""
    for field in thing._meta.get_fields(include_hidden=True):
        if isinstance(field, ManyToManyField):
            name, model = field.name, field.related_model
        elif isinstance(field, ManyToManyRel) and (accessor := field.get_accessor_name()):
            name, model = accessor, field.related_model
        else:
            continue
        if hasattr(thing, name) and (count := getattr(thing, name).count()):
            assert isinstance(model, type)
            yield capfirst(str(model._meta.verbose_name_plural)), count
