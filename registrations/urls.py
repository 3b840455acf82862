from django.urls import path

from .views import registering, session_calendar

app_name = "registrations"

urlpatterns = [
    path("sessions/<int:pk>/registration/", registering.register, name="register"),
    path("sessions/<int:pk>/calendar.ics", session_calendar.session_calendar, name="session_calendar"),
]
