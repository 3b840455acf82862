"""Research works at the desk."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from page_cache import new_edition

from ..models import ResearchWork
from ..scope import HostScopedAdmin
from .files import LinkOrFile, LinksToFiles


@admin.register(ResearchWork)
class ResearchWorkAdmin(LinksToFiles[ResearchWork], HostScopedAdmin[ResearchWork]):
    purpose = _("Studies and reports of the hosts, as their public pages list them.")
    purpose_of_one = _("One study or report, as visitors find it on the page of its host.")
    purpose_of_new = _("For a study or report that visitors should find on the page of a host.")
    adds = _("Add a research work")
    form = LinkOrFile
    list_display = ["title", "authors", "year", "language", "host", "is_public"]
    list_filter = ["is_public", ("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["host"]
    search_fields = ["title", "authors"]
    ordering = ["-year", "title"]
    fields = [
        "host",
        "title",
        "authors",
        ("year", "language"),
        ("link", "file"),
        "to_read",
        "citation_given",
        "is_public",
    ]
    readonly_fields = ["to_read"]

    def save_model(self, request: HttpRequest, obj: ResearchWork, form: LinkOrFile, change: bool) -> None:
        super().save_model(request, obj, form, change)
        new_edition()

    def delete_model(self, request: HttpRequest, obj: ResearchWork) -> None:
        super().delete_model(request, obj)
        new_edition()

    @admin.display(description=_("to read it"))
    def to_read(self, work: ResearchWork) -> str:
        if not work.pk:
            return "–"
        return format_html('<a href="{}">{}</a>', work.address, work.file_name if work.file else work.link)
