"""What stands between a browser and the page's server: the name it was called by is checked, and headers are set.

A page of another site could otherwise call this server under a name of its own (DNS rebinding), or show it in a frame.
"""

from __future__ import annotations

import ipaddress
import platform
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
CONTENT_POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' "
                  "'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {socket}; "
                  "worker-src 'self' blob:; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
                  "frame-ancestors 'none'")
"""Nothing comes from elsewhere, nothing goes elsewhere. Streamlit's own scripts are inline, charts are compiled."""
FIXED_HEADERS = {"x-frame-options": "DENY", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
                 "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin"}


def list_allowed_hosts(address: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Names under which the server may be called, in lower case. address: on which it listens. names: further ones."""
    own = () if address in LOOPBACK_NAMES else (address, platform.node(), socket.getfqdn())
    return frozenset(name.lower() for name in (*LOOPBACK_NAMES, *own, *names) if name)


def is_host_allowed(host: str, address: str, allowed: frozenset[str]) -> bool:
    """True if a Host header names this server. Off loopback, so does every IP address: nobody else can own one."""
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.rsplit(":", 1)[0]
    if name.lower() in allowed:
        return True
    try:
        return address not in LOOPBACK_NAMES and bool(ipaddress.ip_address(name))
    except ValueError:
        return False


class GuardedApp:
    """An ASGI application behind the check of the host; its answers carry the headers."""

    def __init__(self, app: Any, address: str, allowed: frozenset[str]) -> None:
        self.app, self.address, self.allowed = app, address, allowed

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name.lower() == b"host"]
        if len(hosts) != 1 or not is_host_allowed(hosts[0], self.address, self.allowed):
            await _refuse(scope, send)
            return

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = add_security_headers(message.get("headers", ()), hosts[0])
            await send(message)

        await self.app(scope, receive, send_with_headers)


def add_security_headers(headers: Iterable[tuple[bytes, bytes]], host: str) -> list[tuple[bytes, bytes]]:
    """An answer's headers with ours in place of any of the same name."""
    own = {**FIXED_HEADERS, "content-security-policy": CONTENT_POLICY.format(socket=f"ws://{host} wss://{host}")}
    kept = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in own]
    return kept + [(name.encode(), value.encode("latin-1", "replace")) for name, value in own.items()]


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"unknown host"})


def install_server_guard(address: str, names: Iterable[str] = ()) -> None:
    """Put the guard in front of every Streamlit server that starts from now on. ImportError if it cannot be put there.
    """
    from streamlit.web.server.starlette import starlette_server

    create, allowed = starlette_server.create_starlette_app, list_allowed_hosts(address, names)
    if not isinstance(create, _GuardedFactory):
        starlette_server.create_starlette_app = _GuardedFactory(create, address, allowed)  # type: ignore[assignment]


class _GuardedFactory:
    def __init__(self, create: Callable[[Any], Any], address: str, allowed: frozenset[str]) -> None:
        self.create, self.address, self.allowed = create, address, allowed

    def __call__(self, runtime: Any) -> GuardedApp:
        return GuardedApp(self.create(runtime), self.address, self.allowed)
