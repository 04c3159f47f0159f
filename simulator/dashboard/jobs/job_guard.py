"""Runs one command and ends it when the server that started it is gone, however it ended: no job is left an orphan.

`python -m simulator.dashboard.jobs.job_guard COMMAND …`: its standard input is a pipe that the server holds open. It
ends when the server does, even one that was killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

STOP_SECONDS = 5.0
"""Seconds that the command has to end by itself before it is killed."""


def build_guarded_command(command: list[str]) -> list[str]:
    """The command line that runs a command under guard."""
    return [sys.executable, "-m", __name__, *command]


def main(command: list[str]) -> int:
    """Run the command; its exit code. Ends it, with all that it has started, when standard input ends."""
    signal.signal(signal.SIGTERM, lambda *_: None)  # sent to the whole group: the command ends first
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_end_with_server, args=(process,), daemon=True).start()
    code = process.wait()
    return code if code >= 0 else 128 - code


def _end_with_server(process: subprocess.Popen[bytes]) -> None:
    while os.read(0, 4096):  # not through sys.stdin, whose lock a thread must not hold at the end of a process
        continue
    if process.poll() is not None:
        return
    _signal_group(process, signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    _signal_group(process, getattr(signal, "SIGKILL", signal.SIGTERM))


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to this process's group, in which the command and its workers are; it may be our own end."""
    if not hasattr(os, "killpg") or os.getpgrp() != os.getpid():
        process.send_signal(number)
        return
    os.killpg(os.getpgrp(), number)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
