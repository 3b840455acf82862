"""One press at the list at the door, so that what a phone sends twice is done once."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from catalog.models import Meeting
from registrations.models import Registration


class Tap(models.Model):
    """What somebody pressed, under a number that their phone gave it. Numbers are kept for longer than a phone keeps
    a tap (`actions/tapping.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="taps")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="taps")
    # What was asked for ("" takes the mark back), and whether it was done.
    state = models.CharField(max_length=10, blank=True)
    done = models.BooleanField()
    tapped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="tap_by_age")]

    def __str__(self) -> str:
        return str(self.pk)
