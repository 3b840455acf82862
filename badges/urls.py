"""The same in all languages: programs ask for them."""

from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from . import views

app_name = "badges"

urlpatterns = [
    path(".well-known/did.json", views.issuer, name="issuer"),
    path("credentials/status/<int:number>", views.status_list, name="status_list"),
    path("credentials/status/<int:number>.jwt", views.status_list_token, name="status_list_token"),
    path("certificates/<code:code>/badge.json", views.badge, name="badge"),
    path("certificates/<code:code>/badge.jwt", views.badge_token, name="badge_token"),
]
