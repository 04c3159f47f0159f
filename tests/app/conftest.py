"""Commands are tried here with the simulation taken out."""

from tests.commands import idle, refused

__all__ = ["idle", "refused"]
