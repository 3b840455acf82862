from django.urls import path

from .views import city, own

app_name = "city_record"

urlpatterns = [
    path("members/<slug:slug>/record/", city.record, name="record"),
    path("members/<slug:slug>/record.pdf", city.pdf, name="record_pdf"),
    path("members/<slug:slug>/record.xlsx", city.xlsx, name="record_xlsx"),
    path("me/record/cities/", own.cities, name="own"),
]
