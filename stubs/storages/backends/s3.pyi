# What the station uses of django-storages, which brings no types.
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage

class S3Storage(Storage):
    endpoint_url: str
    bucket: Any  # boto3 makes the classes of its resources at run time
    def __init__(self, **settings: object) -> None: ...
    def _normalize_name(self, name: str) -> str: ...
    def _save(self, name: str, content: File[bytes]) -> str: ...
    def get_object_parameters(self, name: str) -> dict[str, str]: ...
    def get_modified_time(self, name: str) -> datetime: ...
    def url(
        self,
        name: str | None,
        parameters: dict[str, str] | None = None,
        expire: int | None = None,
        http_method: str | None = None,
    ) -> str: ...
