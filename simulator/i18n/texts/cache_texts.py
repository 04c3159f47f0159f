"""What is said about the cache of compiled code. The code itself imports this only when there is something to say."""

from __future__ import annotations

from ..translation import mark

CACHE_TEXTS = {
    "open": mark("{folder}: others may write there, so compiled code is not kept there; make it yours alone (chmod "
                 "go-w), or set RESILIENCE_CACHE to another folder"),
    "unwritable": mark("{folder}: compiled code could not be kept ({why}); it will be compiled again each time"),
    "damaged": mark("{folder}: compiled code there was damaged or altered; thrown away and compiled again"),
}
"""Topic to text."""
