from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..storage import private_storage, research_path
from .host import Host


class ResearchWorkQuerySet(models.QuerySet["ResearchWork"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class ResearchWork(models.Model):
    """What a host found out and wrote down. Title, authors and citation stay in the language of the work."""

    host = models.ForeignKey(Host, models.PROTECT, related_name="research_works", verbose_name=_("host"))
    title = models.CharField(_("title"), max_length=300)
    authors = models.CharField(
        _("authors"), max_length=300, help_text=_("As they are cited, such as “Mwangi, A. and Ferrer, L.”.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1985), MaxValueValidator(2100)]
    )
    language = models.CharField(_("language"), max_length=10, help_text=_("Its code, such as “en” or “zh”."))
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(
        _("file"), upload_to=research_path, storage=private_storage, blank=True, max_length=200
    )
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    citation_given = models.CharField(
        _("citation"),
        max_length=600,
        blank=True,
        help_text=_("Empty means that it is made of authors, year and title."),
    )
    is_public = models.BooleanField(_("shown to everyone"), default=True)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    objects = ResearchWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("research work")
        verbose_name_plural = _("research works")
        ordering = ["-year", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(file=""),
                name="research_work_has_a_link_or_a_file",
                violation_error_message=_("Give a link, or choose a file."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_additional_data(self) -> dict[str, int]:
        """For the history: where this belongs (or belonged)."""
        return {"host": self.host_id}

    @property
    def address(self) -> str:
        """Where to read it."""
        return reverse("hubs:research_file", args=[self.pk]) if self.file else self.link

    @property
    def citation(self) -> str:
        return self.citation_given or f"{self.authors} ({self.year}). {self.title}. {self.host}."
