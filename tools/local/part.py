"""A part of the station: one process that is watched, and started again when it dies by itself."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tools.local import messages, processes

# A part that dies this often within a minute will not get better by itself.
MOST_STARTS_A_MINUTE = 5

type Start = Callable[[IO[bytes]], subprocess.Popen[bytes]]


@dataclass
class Part:
    """`begin` starts the process, given an open log, and returns when it is of use."""

    name: str
    log: Path
    begin: Start
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts.append(time.monotonic())
        with self.log.open("ab") as log:
            self.process = self.begin(log)

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def keeps_dying(self) -> bool:
        lately = [moment for moment in self.starts if moment > time.monotonic() - 60]
        return len(lately) >= MOST_STARTS_A_MINUTE

    def ask_to_stop(self) -> None:
        if self.process:
            processes.signal_group(self.process, self.stop_signal)

    def stop(self) -> None:
        """Stop the process and all it started. After a death by itself this clears away its children."""
        if self.process:
            processes.stop(self.process, self.stop_signal)

    def why(self, event: str, lines: int = 15) -> str:
        """What happened to it, as a sentence, with what the process left: how it ended and the end of its log."""
        assert self.process
        log_end = "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return messages.failed(
            f"{self.name} {event}", processes.how_it_ended(self.process), str(self.log), log_end
        )


def fresh_log(folder: Path, name: str) -> Path:
    """An empty log; the one of the last run is kept beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    if log.exists():
        log.replace(folder / f"{name}.previous.log")
    log.touch()
    return log
