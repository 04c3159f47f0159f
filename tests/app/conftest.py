"""Commands are tested here without simulation."""

from tests.commands import idle, refused

__all__ = ["idle", "refused"]
