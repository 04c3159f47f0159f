"""Which process a number means: numbers are given out again, so the time at which a process began is compared too."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path

PS_SECONDS = 5


def describe_own_process() -> str:
    """This process as one line of JSON: its number, its machine, and when it began."""
    return json.dumps({"process": os.getpid(), "host": platform.node(), "began": read_process_start(os.getpid())})


def read_process_start(number: int) -> str:
    """When a process of this machine began, as text that no other process of that number shares; "" if unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return f"{boot} {fields[19]}"
    except (OSError, IndexError):
        pass
    try:
        done = subprocess.run(["ps", "-o", "lstart=", "-p", str(number)], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=PS_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def find_other_process(text: str) -> tuple[int, str] | None:
    """(number, machine) of the process that a line of `describe_own_process` means, if it may be running; else None.

    Of another machine it cannot be known. A line of another form means nobody.
    """
    try:
        entry = json.loads(text)
        number, host, began = int(entry["process"]), str(entry["host"]), str(entry["began"])
    except (ValueError, TypeError, KeyError):
        return None
    if host != platform.node():
        return number, host
    is_running = number > 0 and number != os.getpid() and _is_alive(number) and read_process_start(number) == began
    return (number, host) if is_running else None


def _is_alive(number: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(number, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
