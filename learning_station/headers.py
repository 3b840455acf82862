"""Headers that every answer carries, whoever made it."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What our pages never ask a browser for. Passkeys and the clipboard stay allowed to our own pages, as is the default.
NEVER_ASKED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in NEVER_ASKED)

# Pictures are there to be shown by feed readers and by other pages that tell of an activity.
SHOWN_ELSEWHERE = {"picture", "catalog:cover"}
# Pictures of badges, which wallets show.
BADGES = f"{settings.STATIC_URL}badges/"
# What programs read is the same for everybody: whoever keeps it for others need not ask in which language, nor for whom.
SAME_FOR_ALL = {"badges:issuer", "badges:status_list", "badges:status_list_token"}


class HeadersMiddleware:
    """Nothing is stored by browsers and proxies unless the page said that it may be: so no personal page is forgotten.

    Public pages say so themselves (`kept`, the pictures, the static files).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-store")
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        match = request.resolver_match
        page = match.view_name if match else ""
        shown = page in SHOWN_ELSEWHERE or request.path.startswith(BADGES)
        response.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shown else "same-origin")
        if page in SAME_FOR_ALL and response.status_code == HTTPStatus.OK:
            response["Vary"] = "Accept-Encoding"
        return response
