"""Why the system refused to read or write, in the reader's language: Python and the libraries say it in English."""

from __future__ import annotations

import csv
import errno
import zipfile
import zlib

from .translation import Message, mark

SYSTEM_REASONS = {
    errno.EACCES: mark("Permission denied"),
    errno.EADDRINUSE: mark("Address already in use"),
    errno.EADDRNOTAVAIL: mark("Cannot assign requested address"),
    errno.EBUSY: mark("Device or resource busy"),
    errno.ECONNREFUSED: mark("Connection refused"),
    errno.EDQUOT: mark("Disk quota exceeded"),
    errno.EEXIST: mark("File exists"),
    errno.EFBIG: mark("File too large"),
    errno.EINVAL: mark("Invalid argument"),
    errno.EIO: mark("Input/output error"),
    errno.EISDIR: mark("Is a directory"),
    errno.ELOOP: mark("Too many levels of symbolic links"),
    errno.EMFILE: mark("Too many open files"),
    errno.ENAMETOOLONG: mark("File name too long"),
    errno.ENODEV: mark("No such device"),
    errno.ENOENT: mark("No such file or directory"),
    errno.ENOMEM: mark("Cannot allocate memory"),
    errno.ENOSPC: mark("No space left on device"),
    errno.ENOTDIR: mark("Not a directory"),
    errno.ENOTEMPTY: mark("Directory not empty"),
    errno.ENXIO: mark("No such device or address"),
    errno.EPERM: mark("Operation not permitted"),
    errno.EPIPE: mark("Broken pipe"),
    errno.EROFS: mark("Read-only file system"),
    errno.ESTALE: mark("Stale file handle"),
    errno.ETIMEDOUT: mark("Connection timed out"),
    errno.ETXTBSY: mark("Text file busy"),
}
"""Number of an error to what the system says of it."""


def get_system_reason(problem: BaseException) -> Message:
    """Why a file could not be read or written; where no reason is known here, all that the exception says."""
    if isinstance(problem, UnicodeDecodeError):
        return Message("it is not text in UTF-8")
    if isinstance(problem, csv.Error):
        return Message("it is not written as CSV is")
    if isinstance(problem, (zipfile.BadZipFile, zlib.error, EOFError)):
        return Message("it is no whole zip file")
    if isinstance(problem, RuntimeError) and "password" in str(problem):
        return Message("it is locked with a password")
    number = getattr(problem, "errno", None)
    said = getattr(problem, "strerror", None)
    if number in SYSTEM_REASONS and (said is None or translate_reason(said) is not said):
        return Message(SYSTEM_REASONS[number])
    first = problem.args[0] if problem.args else None
    text = said or str(problem) or type(problem).__name__
    return first if isinstance(first, Message) else Message("{text}", text=text)


def find_error_number(text: str) -> int | None:
    """Number of the error whose reason stands somewhere in a library's text, be it prose or JSON; None without one."""
    told = text.lower()
    return next((number for number, reason in SYSTEM_REASONS.items() if reason.lower() in told), None)


def translate_reason(text: str) -> Message | str:
    """A system's reason, or a library's text that ends in one, as a Message; any other text as it is."""
    for reason in SYSTEM_REASONS.values():
        if text.lower().endswith(reason.lower()):
            return Message(reason)
    return text
