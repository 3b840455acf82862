from django.db import models
from django.utils import timezone


class FileToDelete(models.Model):
    """A document that no row names any more, until it is gone. Written in the transaction that forgets it:
    so none outlives its row because the storage was silent, and none goes because a transaction failed.
    """

    name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
