from collections.abc import Callable

class Signal:
    def connect[Receiver: Callable[..., None]](self, receiver: Receiver) -> Receiver: ...

after_setup_logger: Signal
beat_init: Signal
celeryd_after_setup: Signal
