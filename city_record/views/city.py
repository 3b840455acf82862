"""What a city learned: as a page, as PDF, as a spreadsheet. Numbers by GET; names by POST, since the history tells who asked
for them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from accounts.models import Organization
from desk.audit import note

from .. import access
from ..agreeing import agreed
from ..paper import paper
from ..words import CityRecord, record_of, rule_told
from ..workbook import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.for_those_who_may
def record(request: PersonRequest, city: Organization) -> HttpResponse:
    asked = asked_for(request, city)
    context = {"record": asked, "agreed": agreed(city).count(), "rule": rule_told(), "section": "members"}
    return render(request, "city_record/record.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.for_those_who_may
def pdf(request: PersonRequest, city: Organization) -> HttpResponse:
    """In the language of the page from which it is asked for."""
    made = paper(asked_for(request, city), now=timezone.now())
    return download(HttpResponse(made, content_type="application/pdf"), f"{city.slug}-record.pdf")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.for_those_who_may
def xlsx(request: PersonRequest, city: Organization) -> HttpResponse:
    made = workbook(asked_for(request, city))
    return download(HttpResponse(made, content_type=XLSX), f"{city.slug}-record.xlsx")


def asked_for(request: PersonRequest, city: Organization) -> CityRecord:
    by_name = request.method == "POST"
    asked = record_of(city, by_name=by_name)
    if by_name:
        note(city, done="record opened", people=len(asked.people or []))
    return asked


def download(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
