from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept import kept


@login_not_required
@kept
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")
