from django.urls import path

from . import views

app_name = "catalog"

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:slug>/", views.activity, name="activity"),
    path("activities/<slug:slug>/cover.svg", views.cover, name="cover"),
]
