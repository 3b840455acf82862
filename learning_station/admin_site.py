from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class StationAdminSite(admin.AdminSite):
    site_title = _("Learning Station")
    site_header = _("Learning Station")
    index_title = _("The desk")
