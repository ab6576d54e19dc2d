# SPDX-License-Identifier: Apache-2.0
"""The pages of several daemons on one PostgreSQL, behind a proxy that sends each request to either: a link that one has
mailed is answered at another, and whoever is signed in at one is signed in at all."""
import postgres
from desk import sign_in
from harness import Daemon, run, small_plan, wait_for
from owner import Owner, statuses
from web import Web


class Door(Web):
    """The pages of one of them."""

    def __init__(self, daemon, sink, port):
        self.daemon, self.plan, self.sink, self.port = daemon, daemon.plan, sink, port


def doors(box):
    """Two with pages of their own, and the same secret and address before both."""
    database = box.keep(postgres.Database())
    sink, shared, found = box.smtp(), None, []
    for which in "ab":
        folder = box.folder / which
        folder.mkdir()
        plan = small_plan(folder)
        plan.settings["store"] = database.url
        plan.settings["mail"]["server"] = sink.url
        box.web(plan)
        port = int(plan.settings["web"]["listen"].rpartition(":")[2])
        shared = shared or plan.settings["web"]["public_url"]
        plan.settings["web"]["public_url"] = shared
        daemon = Daemon(folder, plan, "2026-05-12T09:00@1")
        box.daemons.append(daemon)
        found.append(Door(daemon.start(), sink, port))
    wait_for(lambda: sink.to("anna"), "a reminder to anna")
    return found


def a_link_is_answered_at_either(box):
    a, b = doors(box)
    at_a, at_b = Owner(a, "anna"), Owner(b, "anna")
    form = at_a.get().form()
    receipt = at_a.follow(at_b.send(form, **{"status.1": "on-track", "note.1": "Klart i juni."}))
    assert "Tack, svaret är registrerat" in receipt.text, receipt.text
    assert at_b.get().text == at_a.get().text == receipt.text
    for daemon in (a.daemon, b.daemon):
        assert daemon.obligation("KS-1", "TN-1")["state"] == "answered"
    # The same form once more, at the other one, is no second answer.
    assert at_a.send(form, **{"status.1": "on-track", "note.1": "Klart i juni."}).status == 303
    assert len(statuses(a, "TN-1")) == 1


def a_session_holds_at_either_until_it_is_ended_at_one(box):
    a, b = doors(box)
    at_a = sign_in(a, "stina")
    at_b = type(at_a)(b, "stina", at_a.token)
    for who in (at_a, at_b):
        assert who.get("/desk").status == 200
    assert at_b.post("/out", {}, token=at_a.form_token()).status == 303
    assert at_a.get("/desk").status == 303 and at_b.get("/desk").status == 303


run(a_link_is_answered_at_either, a_session_holds_at_either_until_it_is_ended_at_one)
