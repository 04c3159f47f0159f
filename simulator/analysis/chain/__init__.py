"""The way from a lever to recovery, link by link, and what a lever does for those it reaches."""

from __future__ import annotations
