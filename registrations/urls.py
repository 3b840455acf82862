from django.urls import path

from .views import material_file, registering, session_calendar

app_name = "registrations"

urlpatterns = [
    path("sessions/<int:pk>/registration/", registering.register, name="register"),
    path("sessions/<int:pk>/calendar.ics", session_calendar.session_calendar, name="session_calendar"),
    path("materials/<int:pk>/file/", material_file.material_file, name="material_file"),
]
