# SPDX-License-Identifier: Apache-2.0
"""What the daemon of starved.py is told and asked, and the store and the plan that it begins with: a bit of everything."""
import contextlib
import sqlite3

from kept import prepare

from desk import hashed, lay_session
from harness import event, local

WINTER, DAWN = "2026-01-12T09:00@1", "2026-05-12T07:00"
SESSION = "S" * 43  # the token of Stina, who is signed in
STEWARD, ANNA, BO, OLA = (f"/people/{person}" for person in ("stina", "anna", "bo", "ola"))
REQUESTED = {"deadline": "KS-1", "due": "2026-05-20", "reason": "Överklagad"}
LATER, DENIED = (event("request", subject, REQUESTED, person) for subject, person in (("TN-3", ANNA), ("TN-4", BO)))
# What stewards and owners do before the morning.
ACTS = (
    event("absence", "bo", {"from": "2026-05-20", "until": "2026-05-22", "deputy": "anna"}, BO),
    event("meeting", "KS", {"from": "2026-06-23", "until": "2026-06-24"}, STEWARD),
    LATER, DENIED,
    event("extend", "KS-1", {"grants": [LATER["id"]], "reference": "KS § 1"}, STEWARD),
    event("deny", "KS-1", {"requests": [DENIED["id"]], "reason": "Nämnden väntar"}, STEWARD),
    event("proposal", "KS-1", {"text": "Att godkänna rapporten."}, STEWARD),
    event("note", "TN-3", {"note": "Ett ord"}, ANNA),
    event("close", "TN-5", {"as": "struck", "reference": "KS § 9"}, STEWARD),
)
ASSIGNED, TAKEN_BACK = event("assign", "TN-4", {"owner": "anna"}, STEWARD), event("undo", "TN-4", {}, STEWARD)
HANDED_IN = event("submit", "KS-1", {"reference": "TN 2026-05-12"}, OLA)
OUTCOME = event("outcome", "KS-1", {"outcome": "noted", "reference": "KS § 12"}, STEWARD)
QUERIES = (
    ("list", {"all": True}), ("show", {"item": "TN-1"}), ("show", {"item": "anna"}), ("why", {"item": "TN-1"}),
    ("forecast", {"from": "2026-05-12", "until": "2026-06-12"}), ("report", {"deadline": "KS-1"}),
    ("report", {"deadline": "KS-1", "format": "docx"}), ("assignments", {}), ("requests", {"state": "all"}),
    ("today", {}), ("board", {"of": "KS-1"}), ("people", {}), ("bodies", {}), ("meetings", {}), ("absences", {}),
    ("calendar", {}), ("sessions", {}), ("acts", {}), ("whoami", {}), ("report", {"body": "KS"}),
    ("report", {"assignment": "U-1"}), ("board", {"of": "U-1"}), ("show", {"item": "KS-1"}),
    ("consequences", {"event": event("status", "TN-2", {"status": "done"})}),
    ("consequences", {"event": event("meeting", "KS", {"from": "2026-06-02", "replaces": "2026-05-26"}, STEWARD)}),
)
PAGES = ({"page": "mine"}, {"page": "a", "item": "KS-1"}, {"page": "board"}, {"page": "calendar"})
DESK = ("/desk", "/desk/items?search=drift", "/desk/item?item=TN-1", "/desk/item?item=KS-1", "/desk/outbox",
        "/desk/message?id=1", "/desk/hold", "/desk/forecast", "/desk/calendar", "/desk/people", "/desk/meetings",
        "/desk/requests", "/desk/do?act=meeting&item=KS", "/board", "/board?of=KS-1")
WRONG = (event("status", "TN-9", {"status": "on-track"}), event("nothing", "TN-1", {}), {"id": 1})


def widened(plan):
    """More of what the plan of kept.py has."""
    plan.settings["retention"] = {"events": "90d", "deliveries": "6m"}
    plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
    plan.add("systems", "ekonomi", may_report=["TN-1"])
    plan.add("assignments", "U-1", title="Ekonomi i balans", given_by="KS", given_to="TN", answer_by="meeting KS 2026-06")
    for n, owner in ((3, "anna"), (4, "bo"), (5, "bo")):
        plan.add("measures", f"TN-{n}", title=f"Åtgärd {n}", owner=owner, assignment="U-1")
    return plan


def make_store(box):
    """Of the winter, when Gun was there, who has left; and Stina is signed in."""
    plan = widened(prepare(box)[0])
    plan.add("people", "gun", name="Gun Grå", mail="gun@kommunen.internal", roles=["owner"])
    daemon = box.daemon(plan, WINTER)
    daemon.tell("note", "TN-1", "/people/gun", note="Sagt i vintras.")
    daemon.stop()
    at = int(local(DAWN).timestamp() * 1e6)
    with contextlib.closing(sqlite3.connect(box.folder / "paminn.db")) as store, store:
        lay_session(store, (hashed(SESSION), "stina", hashed(plan.people["stina"]["mail"]), 0, at, at, at + int(8 * 3600e6)))
