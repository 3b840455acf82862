from django.urls import path

from . import views

app_name = "messaging"

urlpatterns = [
    path("sessions/<int:pk>/messages/", views.messages_of, name="session"),
    path("sessions/<int:pk>/messages/new/", views.new, name="new"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/text/", views.text, name="text"),
    path("messages/<int:pk>/sending/", views.sending, name="sending"),
    path("messages/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("messages/<int:pk>/deletion/", views.deletion, name="deletion"),
    path("messages/<int:pk>/letters/<slug:language>/", views.letter, name="letter"),
]
