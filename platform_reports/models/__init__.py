from .alias import Alias
from .report import PlatformReport
from .trace import Trace

__all__ = ["Alias", "PlatformReport", "Trace"]
