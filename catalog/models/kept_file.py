from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from hubs.storage import private_storage

from .material import material_path


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    def waiting_for(self, person: User) -> "KeptFileQuerySet":
        """What this person chose in a form that is not saved yet."""
        return self.filter(waits_for=person)


class KeptFile(models.Model):
    """A file that came with a form which is not saved yet: browsers never send a chosen file twice. It waits for who chose
    it, a day at most, until a material names it."""

    key = models.CharField(max_length=20)  # tells one content from another
    file = models.FileField(upload_to=material_path, storage=private_storage, max_length=200)
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField()
    waits_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["waits_for", "key"], name="kept_file_waits_once")]

    def __str__(self) -> str:
        return self.file_name
