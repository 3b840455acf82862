from django.urls import path

from . import views

app_name = "focal_points"

urlpatterns = [
    path("endorsements/", views.endorsements, name="endorsements"),
    path("endorsements/<int:pk>/refusal/", views.refusal, name="refusal"),
]
