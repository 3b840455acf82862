"""The address of a session's desk on one page."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.http import person_of
from catalog.session_state import state_of
from catalog.wording import where
from desk.purposes import says

from .columns import SessionColumns
from .desk_of_one import DeskOfOne


class WithOverview(SessionColumns):
    """A session leads to its overview."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<path:object_id>/overview/",
            self.admin_site.admin_view(self.overview),
            name="catalog_session_overview",
        )
        return [page, *super().get_urls()]

    @method_decorator(require_safe)
    @says(gettext_lazy("Its people, lists, letters and what is next, to read through or to print."))
    def overview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        session = self.get_object(request, unquote(object_id))
        if session is None:
            raise Http404
        if not self.has_view_or_change_permission(request, session):
            raise PermissionDenied
        now = timezone.now()
        page = reverse("admin:catalog_session_change", args=[session.pk])
        here, back = request.path, (page, _("Its page"))
        groups = [
            (name, [back if link[0] == here else link for link in links])
            for name, links in self.link_groups(request, session)
        ]
        return self.desk_page(
            request,
            "admin/catalog/session_overview.html",
            title=_("All on one page"),
            original=session,
            session=session,
            state=state_of(session, now),
            when=self.when(session),
            where=where(session) if session.place else session.joining_link,
            desk=DeskOfOne(session, reader=person_of(request), now=now),
            link_groups=groups,
        )
