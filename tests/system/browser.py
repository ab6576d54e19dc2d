# SPDX-License-Identifier: Apache-2.0
"""A real browser, Debian's Chromium, for the system tests that look at mails and pages.

    browser = box.keep(Browser(box.folder))
    page = browser.page(width=360)
    page.show(mail.html)                # a mail as a reader of mail shows it
    page.click(role="link", name="Svara")
    page.sound()                        # WCAG, valid HTML, nothing to scroll sideways for

Its windows are closed with the box, and then whatever it complained of on the way fails the test; itself it
serves all the tests of a run of ctest (held.py), or else of a file: $PAMINN_TEST_BROWSER_AT names the file that
says where it is.
"""
import atexit
import contextlib
import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import held
from harness import ROOT, Skip

PATIENCE = 120  # seconds for one answer: the machine may be busy with other tests


class Page:
    """One window. What is on it is found as a reader would say it: label=…, role=…, name=…, text=…
    (css=… where none of them serves)."""

    def __init__(self, browser, number):
        self.browser, self.number = browser, number

    def __getattr__(self, verb):
        """Each verb of tests/browser/driver.mjs: page.click(role="button", name="Skicka")."""
        return lambda **what: self.browser.ask(verb, page=self.number, **what)

    def open(self, url):
        return self.browser.ask("open", page=self.number, url=url)

    def show(self, html):
        """A mail's HTML part, from a file."""
        self.html = html
        path = self.browser.folder / f"mail-{self.number}.html"
        path.write_text(html, encoding="utf-8")
        self.open(path.as_uri())

    def words(self):
        """What a reader sees, in one line."""
        return " ".join(self.text().split())

    def faults(self, mail=False):
        """All that is wrong with what is shown, at this width and in these colours."""
        source = self.html if mail else self.source()
        return [*(["it has a script, which not every reader's browser runs"] if "<script" in source else ()),
                *(f"WCAG: {each}" for each in self.axe()),
                *(f"HTML: {each}" for each in self.browser.validate(source, mail)),
                *(f"sideways: {each}" for each in self.sideways()),
                *(f"complaint: {each}" for each in self.complaints())]

    def sound(self, mail=False):
        faults = self.faults(mail)
        assert not faults, "\n".join([self.url(), *faults])


def need():
    if not shutil.which("chromium-headless-shell"):
        raise Skip("chromium-headless-shell is not installed: tests/prepare test")
    done = subprocess.run([ROOT / "tests/browser/prepare"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


class Driver:
    """tests/browser/driver.mjs with its Chromium, which runs from the constructor to stop()."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="paminn-browser-")
        self.where = {"socket": f"{self.folder}/driver.sock"}
        # What it writes into a home goes with it; Debian's start script reads this.
        environment = {**os.environ, "HOME": self.folder, "TMPDIR": self.folder,
                       "XDG_CONFIG_HOME": self.folder, "XDG_CACHE_HOME": self.folder}
        with open(f"{self.folder}/errors", "w") as errors:
            self.process = subprocess.Popen(
                ["node", ROOT / "tests/browser/driver.mjs", self.where["socket"]], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors, env=environment)
        if self.process.stdout.readline() != b"ready\n":
            words = Path(self.folder, "errors").read_text(errors="replace")[-2000:]
            self.stop()
            raise AssertionError(f"the browser does not start: {words}")

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()  # and Chromium ends when its pipe does
            self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def driver_socket():
    """Where the driver of this run of ctest listens, or else one for this process."""
    with contextlib.suppress(KeyError, FileNotFoundError):
        return json.loads(Path(os.environ["PAMINN_TEST_BROWSER_AT"]).read_text())["socket"]
    need()
    driver = Driver()
    atexit.register(driver.stop)
    return driver.where["socket"]


class Browser:
    """The windows of one test."""

    def __init__(self, folder):
        self.folder, self.pages = folder / "browser", []
        self.folder.mkdir()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(driver_socket())
        self.answers = self.socket.makefile("r", encoding="utf-8")

    def ask(self, verb, **what):
        try:
            self.socket.sendall(json.dumps({"do": verb, **what}).encode() + b"\n")
            line = self.answers.readline()
        except OSError as fault:
            raise AssertionError(f"{verb} {what}: the browser does not answer: {fault}") from None
        assert line, f"{verb} {what}: the browser has ended"
        answer = json.loads(line)
        assert "fault" not in answer, f"{verb} {what}: {answer['fault']}"
        return answer["value"]

    def page(self, **kind):
        """A window of its own, without cookies: width, height, dark, javascript, language, scale."""
        self.pages.append(Page(self, self.ask("page", **kind)))
        return self.pages[-1]

    def validate(self, html, mail=False):
        return self.ask("validate", html=html, **{"as": "mail" if mail else "page"})

    def stop(self):
        """Its windows close with the connection."""
        try:
            complaints = [each for page in self.pages for each in page.complaints()]
        finally:
            self.answers.close()
            self.socket.close()
        assert not complaints, f"the browser complains: {complaints}"


if __name__ == "__main__":
    try:
        need()
        held.main(Driver, sys.argv[1:])
    except Skip as why:
        print(f"skipped: {why}")
        sys.exit(77)
