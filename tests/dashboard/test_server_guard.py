"""Only calls under the server's own names are answered, and each answer forbids frames and outside sources."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from simulator.dashboard.server_guard import GuardedApp, is_host_allowed, list_allowed_hosts

LOCAL, OPEN = list_allowed_hosts("127.0.0.1"), list_allowed_hosts("0.0.0.0", ["simulateur.ville.fr"])


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.0.0.1"])
def test_own_names_are_answered(host: str) -> None:
    assert is_host_allowed(host, "127.0.0.1", LOCAL) and is_host_allowed(host, "0.0.0.0", OPEN)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example", "", "127.0.0.1.evil",
                                  "10.0.0.1:8501", "[::2]:8501", "127.0.0.1@evil.fr"])
def test_other_names_are_not(host: str) -> None:
    assert not is_host_allowed(host, "127.0.0.1", LOCAL)


def test_off_loopback_addresses_and_named_hosts_are_answered() -> None:
    for host in ("10.0.0.1:8501", "[fe80::1]:80", "simulateur.ville.fr", "Simulateur.Ville.fr:443"):
        assert is_host_allowed(host, "0.0.0.0", OPEN), host
    assert not is_host_allowed("evil.example", "0.0.0.0", OPEN)


def ask(kind: str, hosts: list[bytes]) -> list[dict[str, Any]]:
    """What is sent in answer to a request with these Host headers."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"ALLOWALL")]})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "headers": [(b"host", host) for host in hosts]}
    asyncio.run(GuardedApp(app, "127.0.0.1", LOCAL)(scope, None, send))
    return sent


def test_headers_are_on_every_answer() -> None:
    headers = dict(ask("http", [b"localhost:8501"])[0]["headers"])
    assert b"X-Frame-Options" not in headers and headers[b"x-frame-options"] == b"DENY"
    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "img-src 'self' data: blob:;" in policy
    assert headers[b"referrer-policy"] == b"no-referrer" and headers[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize("hosts", [[], [b"evil.example"], [b"localhost", b"evil.example"]])
def test_others_are_refused(hosts: list[bytes]) -> None:
    assert ask("http", hosts)[0]["status"] == 421
    assert ask("websocket", hosts) == [{"type": "websocket.close", "code": 1008}]
