from django.urls import path

from .views import asking, looking_after, moderating, reporting, voting, wall

app_name = "interaction"

urlpatterns = [
    path("meetings/<int:pk>/questions/", asking.questions, name="questions"),
    path("meetings/<int:pk>/questions/moderation/", moderating.moderation, name="moderation"),
    path("meetings/<int:pk>/questions/publication/", looking_after.publication, name="publication"),
    path("meetings/<int:pk>/questions/file/", looking_after.file, name="file"),
    path("meetings/<int:pk>/questions/wall/", wall.wall, name="wall"),
    path("questions/<int:pk>/", looking_after.question, name="question"),
    path("questions/<int:pk>/state/", moderating.state, name="state"),
    path("questions/<int:pk>/uniting/", looking_after.uniting, name="uniting"),
    path("questions/<int:pk>/parting/", looking_after.parting, name="parting"),
    path("questions/<int:pk>/vote/", voting.vote, name="vote"),
    path("questions/<int:pk>/withdrawal/", asking.withdrawal, name="withdrawal"),
    path("questions/<int:pk>/report/", reporting.report, name="report"),
    path("reports/<int:pk>/decision/", reporting.decision, name="report_decision"),
]
