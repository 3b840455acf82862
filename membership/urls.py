from django.urls import path

from . import views

app_name = "membership"

urlpatterns = [
    path("me/organizations/", views.organizations, name="organizations"),
]
