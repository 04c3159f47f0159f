"""Refusals of the command line as the exceptions that Python code expects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..config.errors import UsageError


class SettingError(ValueError):
    """A setting that the command line would refuse, with the same message in English, on one line."""


@contextmanager
def as_setting_errors() -> Iterator[None]:
    """Inside the block, a UsageError becomes a SettingError with its text."""
    try:
        yield
    except UsageError as problem:
        raise SettingError(str(problem)) from None
