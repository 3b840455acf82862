from django.urls import path

from .views import closing, door

app_name = "attendance"

urlpatterns = [
    path("meetings/<int:pk>/attendance/", door.list_, name="list"),
    path("meetings/<int:pk>/attendance/<int:registration>/", door.tap, name="tap"),
    path("meetings/<int:pk>/attendance/closing/", closing.close, name="closing"),
    path("meetings/<int:pk>/attendance/opening/", closing.open_again, name="opening"),
]
