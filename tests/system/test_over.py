#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What was over when the plan came to have it: nobody is asked of it, and a paper tells it as what it is, but not as
a change."""
from desk import SignedIn, session_for
from harness import run
from papers import BODIES, DEADLINES, EARLIER, MEASURES, PROPOSAL, written
from web import Web

# M-21 is done and M-22 broken off since before the plan; M-23 is the body's to close. M-21's date has long passed.
OVER = """,
  { id = "M-21"; title = "Färdiga pass"; owner = "hr"; assignment = "U-12"; done_by = "2025-11-30"; status = "done"; },
  { id = "M-22"; title = "Eget bolag"; owner = "hr"; assignment = "U-07"; effect_planned = 5000000L;
    status = "cancelled"; },
  { id = "M-23"; title = "Nytt avtal"; owner = "hr"; assignment = "U-07"; effect_planned = 7000000L;
    closing = "body"; status = "done"; }"""


def rows_of(daemon, *what):
    return {row["measure"]: row for row in daemon.client("report", *what, "--format", "json")["rows"]}


def names(rows):
    return [row["measure"] for row in rows]


def nobody_is_asked_and_the_paper_tells_it(box):
    plan = written(box, BODIES, MEASURES % OVER, DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-05-25T09:00")
    daemon.tell("submit", "RS-T1", "/people/rd", reference="RD 2026-05-25")
    daemon.until("2026-05-27T15:00")
    daemon.tell("outcome", "RS-T1", "/people/stod", outcome="noted", reference="RS 2026-05-26 § 71")
    daemon.until("2026-09-16T09:00")
    daemon.settle()
    for mail in plan.sink.mails:
        assert not any(name in mail.part("plain") for name in ("M-21", "M-22", "M-23")), mail.part("plain")
    rows = rows_of(daemon, "RS-T2")
    assert [(rows[name]["word"], rows[name]["status"], rows[name]["reported_at"], rows[name]["light"])
            for name in ("M-21", "M-22", "M-23")] \
        == [("done", "done", None, "green"), ("cancelled", "cancelled", None, None),
            ("done-by-owner", "done", None, "green")], rows
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert (report["totals"]["asked"], report["totals"]["answered"]) == (3, 0), report["totals"]
    assert report["changes"]["since"] and not report["changes"]["closed"] + report["changes"]["new"], report["changes"]
    # What is broken off covers nothing, what is done does: 12 + 6 + 7 of 30.
    assert [(row["covered"], row["struck"]) for row in report["requirements"]] == [(25000000, 5000000)], \
        report["requirements"]
    text = daemon.client("report", "RS-T2", text=True)
    assert "| Färdiga pass (M-21) | HR-direktören | Avslutad/klar |" in text, text
    assert "| Eget bolag (M-22) | HR-direktören | Avbruten |" in text, text
    # The body's tracker: not completed since it met; what it has yet to close it is told of.
    tracker = daemon.client("report", "--body", "RS", "--format", "json")
    assert names(tracker["completed"]) == ["M-23"], tracker["completed"]
    assert "M-21" not in names(tracker["live"]) + names(tracker["outstanding"]), tracker
    daemon.tell("close", "M-23", "/people/stod", **{"as": "done", "reference": "RS § 9"})
    assert names(daemon.client("report", "RS-T2", "--format", "json")["changes"]["closed"]) == ["M-23"]
    assert daemon.client("verify") == []


def each_period_says_so_until_it_is_under_way_again(box):
    plan = written(box, BODIES, MEASURES % OVER, DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-05-04T09:00")
    cells = rows_of(daemon, "--body", "RS")["M-21"]["periods"]
    assert [(cell["name"], cell["word"], cell["at"]) for cell in cells] \
        == [("T1 2026", "done", None), ("T2 2026", "done", None)], cells
    daemon.until("2026-06-15T09:00")
    daemon.tell("status", "M-21", "/people/hr", status="on-track", note="Två pass återstår.")
    assert daemon.obligation("RS-T2", "M-21")["state"] == "waiting"
    daemon.until("2026-09-16T09:00")
    (worse,) = daemon.client("report", "--body", "RS", "--format", "json")["changes"]["worse"]
    assert (worse["measure"], worse["was"]["status"], worse["is"]["status"], worse["is"]["light"]) \
        == ("M-21", "done", "on-track", "red"), worse
    # The period before it was taken up again tells what was so then, and counts on nothing that is broken off.
    (required,) = daemon.client("report", "U-07", "--period", "T1 2026", "--format", "json")["requirements"]
    assert (required["covered"], required["struck"]) == (25000000, 5000000), required
    row = rows_of(daemon, "--body", "RS", "--period", "T1 2026")["M-21"]
    assert (row["light"], row["periods"][0]["word"], row["answered"]) == ("green", "done", False), row
    assert daemon.client("verify") == []


def a_board_draws_it_from_the_start(box):
    plan = written(box, BODIES, MEASURES % OVER, DEADLINES % PROPOSAL)
    web = Web(box, "2026-05-04T09:00", plan=plan)
    web.daemon.tell("status", "M-22", "/people/hr", status="at-risk")
    page = SignedIn(web, "hr", session_for(web.daemon, "hr", "hr@region.internal")).get("/board?of=RS-T2").text
    assert "Nu: Avslutad/klar, från början" in page, page
    assert "från början: Avbruten" in page, page
    text = web.daemon.client("board", "RS-T2", text=True)
    assert "done from the start" in text and "cancelled from the start, at-risk" in text, text
    # So it does once its paper is frozen.
    web.daemon.until("2026-09-15T09:00")
    web.daemon.tell("submit", "RS-T2", "/people/rd", reference="RD 2026-09-15")
    web.daemon.until("2026-09-15T10:00")
    web.daemon.settle()
    assert web.daemon.client("report", "RS-T2", "--format", "json")["frozen_at"]
    text = web.daemon.client("board", "RS-T2", text=True)
    assert "done from the start" in text and "cancelled from the start, at-risk" in text, text


def what_a_reload_brings_is_new_and_no_more(box):
    plan = written(box, BODIES, MEASURES % "", DEADLINES % EARLIER)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    daemon.until("2026-06-15T09:00")
    plan.text = "".join((BODIES, MEASURES % OVER, DEADLINES % EARLIER))
    plan.write()
    daemon.client("reload")
    daemon.until("2026-09-16T09:00")
    changes = daemon.client("report", "--body", "RS", "--format", "json")
    assert names(changes["changes"]["new"]) == ["M-21", "M-22", "M-23"], changes["changes"]
    assert changes["changes"]["closed"] == [] and names(changes["completed"]) == ["M-23"], changes
    cells = rows_of(daemon, "--body", "RS")["M-21"]["periods"]
    assert [(cell["name"], cell["word"]) for cell in cells] \
        == [("T1 2026", "no-data"), ("T2 2026", "done"), ("T3 2026", "done")], cells
    # What the body has not heard of before can't have become worse since.
    daemon.tell("status", "M-21", "/people/hr", status="off-track")
    later = daemon.client("report", "--body", "RS", "--format", "json")["changes"]
    assert names(later["new"]) == ["M-21", "M-22", "M-23"] and later["worse"] == [], later
    # Of what the plan has had, the key would say nothing.
    plan.text = plan.text.replace('title = "Lokalplan";', 'title = "Lokalplan"; status = "done";')
    plan.write()
    daemon.expect("M-12 has been in the plan before")
    text = daemon.client("reload", code=65, text=True)
    line = plan.text[:plan.text.index("Lokalplan")].count("\n") + 1
    assert f"plan.conf:{line}: M-12 has been in the plan before" in text, text
    assert "report it with paminn status M-12 done" in text, text
    daemon.stop()
    daemon.start(write=False, ready=False)
    assert daemon.ended() == 78, daemon.log_text()
    assert "M-12 has been in the plan before" in daemon.log_text(), daemon.log_text()


if __name__ == "__main__":
    run(nobody_is_asked_and_the_paper_tells_it, each_period_says_so_until_it_is_under_way_again,
        a_board_draws_it_from_the_start, what_a_reload_brings_is_new_and_no_more)
