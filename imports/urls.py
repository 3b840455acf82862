from django.urls import path

from .views import headings, imports, refused, undoing

app_name = "imports"

urlpatterns = [
    path("imports/", imports.new, name="new"),
    path("imports/of/<slug:kind>/", imports.new, name="new_of"),
    path("imports/of/<slug:kind>/headings/", headings.headings, name="headings"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("imports/<int:pk>/registrations/", imports.begin, name="begin"),
    path("imports/<int:pk>/refused/", refused.refused, name="refused"),
    path("imports/<int:pk>/undoing/", undoing.undoing, name="undoing"),
]
