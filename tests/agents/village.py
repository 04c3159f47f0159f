"""A short run of the village: some calm weeks, then a crisis."""

from __future__ import annotations
