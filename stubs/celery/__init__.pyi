# What the station uses of Celery, which brings no types.
from collections.abc import Callable, Mapping

from kombu.connection import Connection

class Task[**P, R]:
    name: str
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...
    def apply_async(
        self,
        args: tuple[object, ...] = ...,
        kwargs: Mapping[str, object] = ...,
        *,
        producer: object = ...,
        retry: bool = ...,
    ) -> object: ...
    def delay(self, *args: P.args, **kwargs: P.kwargs) -> object: ...

class Settings:
    broker_write_url: str
    broker_transport_options: Mapping[str, object]

class Celery:
    conf: Settings
    def __init__(self, main: str) -> None: ...
    def config_from_object(self, obj: str, *, namespace: str) -> None: ...
    def autodiscover_tasks(self) -> None: ...
    def send_task(self, name: str, *, queue: str = ..., expires: float = ...) -> object: ...
    def connection_for_read(self, *, transport_options: Mapping[str, object] = ...) -> Connection: ...
    def connection_for_write(self, *, transport_options: Mapping[str, object] = ...) -> Connection: ...

current_app: Celery

def shared_task[**P, R](task: Callable[P, R]) -> Task[P, R]: ...
