"""Letters for these tests: their own three templates, so that no app's wording matters here."""

from copy import deepcopy
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from outbox import delivery
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.new_letter import NewLetter

TEMPLATES = Path(__file__).parent / "templates"
number = count(1)


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user(
        "amina@example.org", name="Amina Diallo", language="en", timezone="Africa/Dakar"
    )


@pytest.fixture
def example_templates(settings: Any) -> None:
    letter_templates(settings)


def letter_templates(settings) -> None:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [TEMPLATES, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates


def write(person, **fields: Any) -> Letter | None:
    known = {"kind": "example", "key": f"example/{next(number)}", "template": "example", "context": {}}
    with transaction.atomic():
        return write_letter(NewLetter(person=person, **(known | fields)))


def deliver(letter: Letter, *, now: datetime | None = None) -> bool:
    """Send this one letter, if it is due and nobody else has it. True when it went out."""
    claimed = delivery.claim(Letter.objects.filter(pk=letter.pk), now or timezone.now())
    if claimed is None:
        return False
    with delivery.mail_connection() as mail:
        return delivery.send(claimed, mail)
