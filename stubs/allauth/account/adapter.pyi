# What the station uses of django-allauth, which brings no types.
from django.core.exceptions import ValidationError
from django.http import HttpRequest

class DefaultAccountAdapter:
    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None: ...
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None: ...
    def is_open_for_signup(self, request: HttpRequest) -> bool: ...
    def get_client_ip(self, request: HttpRequest) -> str: ...
    def validation_error(self, code: str, *args: object) -> ValidationError: ...

def get_adapter(request: HttpRequest | None = None) -> DefaultAccountAdapter: ...
