from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User

from .activity import Activity


class PictureQuerySet(models.QuerySet["Picture"]):
    def waiting_for(self, person: User) -> "PictureQuerySet":
        """What this person chose in a form that is not saved yet."""
        return self.filter(activity=None, waits_for=person)


class Picture(models.Model):
    """The picture of an activity, in the sizes of pictures/uploads.py; its words stand with the activity.

    Until the form it was chosen in is saved, it waits there for who chose it.
    """

    key = models.CharField(max_length=20)  # tells one content from another, and is part of the address
    activity = models.OneToOneField(Activity, models.CASCADE, null=True, related_name="picture")
    waits_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    avif_320 = models.BinaryField()
    avif_640 = models.BinaryField()
    webp_640 = models.BinaryField()
    jpg_1280 = models.BinaryField()

    objects = PictureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activity__isnull=False, waits_for__isnull=True)
                | models.Q(activity__isnull=True, waits_for__isnull=False),
                name="picture_is_shown_or_waits",
            ),
            models.UniqueConstraint(fields=["waits_for", "key"], name="picture_waits_once"),
        ]

    def __str__(self) -> str:
        return self.key
