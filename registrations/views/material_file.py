from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from files.downloads import send_file

from .. import access


@login_not_required
@never_cache
@require_safe
def material_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that staff gave. Who is not signed in is asked to, whether there is one or not."""
    try:
        material = access.material_for(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    return send_file(request, material.file, material.file_name)
