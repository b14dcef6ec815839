"""Starts the system's Chromium and opens pages in it, collecting what they should not do."""

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

# The environment that .ci/run installs the packages into.
ENVIRONMENT = Path(__file__).resolve().parent.parent.parent / ".venv/bin/python3"
NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]
# A page that cannot be loaded in this time is a failure, not a reason to wait.
TIMEOUT_MS = 20_000


def executable():
    """The path of Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def missing():
    """The reason why no browser can be started, or None."""
    if executable() is None:
        return "Chromium is not installed"
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError as error:
        return f"the Python package '{error.name}' is not installed: pip install -r scripts/browser/requirements.txt"
    return None


def reason_to_skip():
    """Why a script that needs a browser cannot continue, or None. Starts the script again in the repository's environment
    if that has the packages."""
    reason = missing()
    if reason and executable() and ENVIRONMENT.exists() and Path(sys.prefix) != ENVIRONMENT.parent.parent:
        os.execv(ENVIRONMENT, [str(ENVIRONMENT), *sys.argv])
    return reason


@dataclass
class Visit:
    """An open page with the problems that the browser reported."""

    page: object
    problems: list = field(default_factory=list)


@contextlib.contextmanager
def browser():
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # Tests run as root in containers, where the sandbox cannot start.
        started = driver.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


@contextlib.contextmanager
def visit(started, address, *, width=1440, height=900, scheme="light", scripts=True, offline=True):
    """Opens an address and yields a Visit.

    Its problems are errors on the console, exceptions, and, if `offline`, requests other than the one for the page.
    """
    context = started.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    opened = Visit(page)
    page.on("console", lambda message: note(opened, message))
    page.on("pageerror", lambda error: opened.problems.append(f"exception: {error}"))
    if offline:
        page.on("request", lambda request: note_request(opened, request, address))
    try:
        page.goto(address, wait_until="load")
        yield opened
    finally:
        context.close()


def note(opened, message):
    if message.type == "error":
        opened.problems.append(f"error on the console: {message.text}")


def note_request(opened, request, address):
    if request.url != address and not request.url.startswith("data:"):
        opened.problems.append(f"request: {request.url[:120]}")
