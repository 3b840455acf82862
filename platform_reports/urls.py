from django.urls import path

from .views import report, reports

app_name = "platform_reports"

urlpatterns = [
    path("meetings/<int:pk>/platform-reports/", reports.reports, name="reports"),
    path("meetings/<int:pk>/platform-reports/<int:report>/", report.report, name="report"),
    path(
        "meetings/<int:pk>/platform-reports/<int:report>/taking-back/", report.take_back, name="taking_back"
    ),
]
