from django.db import models
from django.utils import timezone


class CodeAsked(models.Model):
    """That a code was asked for: for whom and from where, as digests that name nobody. Swept after a day."""

    address = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["address", "-at"], name="code_asked_address"),
            models.Index(fields=["network", "-at"], name="code_asked_network"),
        ]

    def __str__(self) -> str:
        return f"{self.address[:8]} {self.at:%Y-%m-%d %H:%M:%S}"


class CodeTries(models.Model):
    """How often somebody tried to type one code that we sent, known by its digest. Swept after a day."""

    code = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.code[:8]} {self.tries}"
