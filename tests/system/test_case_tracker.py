#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A district council's audit committee gets its list of actions at each meeting: A what is live, B what was
completed since, C extensions asked for, D what is outstanding; it grants all of C by one reference, and is
warned by lights before a date has passed."""
import shutil

from cases import CASES, WrittenPlan, told
from harness import run


DONE_BY = {n: f"2026-{6 + n % 6:02}-{15 + n % 10}" for n in range(1, 27)}  # as in the plan
HEADS = ("finance", "legal", "it", "housing", "property", "hr")


def head(n):
    return f"/people/{HEADS[n % 6]}"


def counts(daemon):
    """What `paminn report --body AC` says, one command."""
    return daemon.client("report", "--body", "AC")["counts"]


def the_list_of_actions(box):
    plan = WrittenPlan(box.folder, "tracker")
    plan.settings["language"] = "en"
    plan.settings["ladders"] += ({"name": "once", "time": "08:00", "steps": (
        {"at": "-10wd", "to": ["owner"]},)},)
    plan.settings["alerts"] = ({"when": "light", "to": ["owner"]},)
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-03-11T09:00")

    # The June paper: 21 live, 5 completed, 7 extensions asked for, 1 to be struck, 0 outstanding.
    daemon.until("2026-05-28T09:00")
    for n in range(1, 6):
        daemon.tell("status", f"AC-{n:02}", head(n), status="done", progress=100)
    daemon.tell("status", "AC-06", head(6), status="cancelled", note="The system is not replaced")
    for n in range(7, 14):
        daemon.tell("request", f"AC-{n:02}", head(n), due=f"2026-12-{n + 1:02}", progress=5 * n,
                    reason=f"Reason {n}")
    for n in range(14, 27):
        daemon.tell("status", f"AC-{n:02}", head(n), status="on-track", progress=2 * n)
    assert counts(daemon) == {"live": 21, "completed_since": 5, "requested": 7, "to_struck": 1,
                              "outstanding": 0}
    text = daemon.client("report", "--body", "AC", text=True)
    for words in ("| A. In progress | 21 |", "Reason 7", "35% done", "In progress", "Reported complete",
                  "The system is not replaced"):
        assert words in text, text
    asked = daemon.client("requests", "--body", "AC")
    assert {row["measure"] for row in asked} == {f"AC-{n:02}" for n in range(7, 14)}, asked
    daemon.settle()
    assert {mail.person for mail in told(sink.mails, "Reason 7")} == {"democratic"}

    # The resolution: B noted, all of C granted, what no longer applies struck.
    daemon.until("2026-06-09T18:00")
    daemon.client("grant", "--all", "--body", "AC", "--reference", "AC 2026-06-09 minute 31")
    daemon.settle()
    assert daemon.client("requests", "--body", "AC") == []
    rows = {row["measure"]: row for row in daemon.client("report", "--body", "AC")["rows"]}
    for n in range(7, 14):
        row = rows[f"AC-{n:02}"]
        assert (row["done_by"], row["done_by_original"]) == (f"2026-12-{n + 1:02}", DONE_BY[n]), row
    granted = daemon.client("requests", "--all", "--body", "AC")
    assert {(row["state"], row["reference"]) for row in granted} \
        == {("granted", "AC 2026-06-09 minute 31")}, granted
    for n in range(1, 7):
        daemon.client("close", f"AC-{n:02}", "struck" if n == 6 else "done", "--reference",
                      "AC 2026-06-09 minute 31")
    shutil.copy(CASES / "tracker-new.conf", box.folder / "plan-new.conf")
    plan.settings["plan"] = ["plan.conf", "plan-new.conf"]
    plan.write()
    assert daemon.order("reload")["result"] == "ok"

    # Lights before the date: AC-14 is due on 19 August, ten working days after the 5th.
    daemon.until("2026-08-05T12:00")
    warned = [mail for mail in told(sink.mails, "AC-14") if f"{mail.when:%m-%d}" == "08-05"]
    assert [mail.person for mail in warned] == ["it"], warned

    # The September paper: 20 live, 16 completed, 2 extensions asked for.
    left = (10, 16, 17, 22)
    for n in range(7, 27):
        if n not in left:
            daemon.tell("status", f"AC-{n:02}", head(n), status="done", progress=100)
    for n in (16, 17):
        daemon.tell("request", f"AC-{n:02}", head(n), due="2027-02-26", progress=60, reason="Staff")
    assert counts(daemon) == {"live": 20, "completed_since": 16, "requested": 2, "to_struck": 0,
                              "outstanding": 0}
    daemon.until("2026-09-08T18:00")
    daemon.client("grant", "--all", "--body", "AC", "--reference", "AC 2026-09-08 minute 12")
    daemon.settle()
    assert daemon.client("verify") == []


run(the_list_of_actions)
