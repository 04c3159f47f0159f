"""A server of the page with fake jobs, and a browser, for the tests that drive it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

LAPTOP = {"width": 1366, "height": 900}
TIMEOUT = 90_000
"""Milliseconds that any action may take."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """(address, folder): a server of the page with a results folder of its own."""
    root = tmp_path_factory.mktemp("results")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = open(root.parent / "server.log", "wb")
    server = subprocess.Popen([sys.executable, "-m", "tests.dashboard.fake_server", str(root), str(port)],
                              stdout=said, stderr=said)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                with urlopen(address):
                    break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        yield address, root
    finally:
        server.terminate()
        server.wait(20)
        said.close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from tests.dashboard.test_browser import CHROMIUM, FLAGS

    with sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Open an address; in the end, no other host must have been asked and no script must have thrown."""
    pages, foreign, thrown = [], [], []

    def go(address, size=LAPTOP):
        page = browser.new_page(viewport=size, locale="fr-FR", accept_downloads=True)
        page.set_default_timeout(TIMEOUT)
        page.on("request", lambda request: foreign.append(request.url) if "127.0.0.1" not in request.url
                and not request.url.startswith(("data:", "blob:")) else None)
        page.on("pageerror", lambda problem: thrown.append(str(problem)))
        page.goto(address)
        page.get_by_role("radio", name="3 · R").wait_for()
        pages.append(page)
        return page

    yield go
    for page in pages:
        page.close()
    assert foreign == [] and thrown == []
