from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class Word(models.Model):
    """A word that some published activity uses, without accents and in lower case.

    Search corrects a mistyped word to the nearest of these by trigrams.
    """

    text = models.CharField(max_length=100, primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass("text", "gin_trgm_ops"), name="word_trigrams")]

    def __str__(self) -> str:
        return self.text
