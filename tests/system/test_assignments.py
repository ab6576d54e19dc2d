#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Assignments and closing: what was given over the years, with what is open below it, and a
body that closes measures and assignments by its own word."""
import csv
import io
import json

from harness import run


def start(box):
    plan = box.plan()
    plan.settings["mail"]["server"] = "smtp://192.0.2.25:25"  # a rehearsal sends there to nobody
    plan.add("bodies", "KF", name="Kommunfullmäktige")
    plan.add("meetings", "KF", body="KF", **{"from": "2026-06-16"})
    plan.add("assignments", "U-12", title="Korta köerna; nu", decision="KF 2024-11-27 § 130",
             reference="KS/1019/2025", given="2024-11-27", given_by="KF", given_to="KS",
             answer_by="meeting KF 2026-06", origin="budget 2023", closing="body")
    plan.add("assignments", "U-13", title="Sälj båten", given="2026-01-15", given_by="KF", given_to="TN")
    plan.measures["TN-1"] |= {"assignment": "U-12", "closing": "body"}
    plan.measures["TN-2"]["assignment"] = "U-13"
    plan.deadlines["KS-1"]["assignment"] = "U-13"
    return plan, box.daemon(plan, "2026-05-07T07:00")


def listed(daemon, *options):
    return {row["assignment"]: row for row in daemon.client("assignments", *options)}


def the_list_follows_what_happens(box):
    _, daemon = start(box)
    rows = listed(daemon)
    assert list(rows) == ["U-12", "U-13"], rows
    assert (rows["U-12"]["age_days"], rows["U-12"]["answer_by"]) == (526, "2026-06-16"), rows
    assert (rows["U-13"]["answer_by"], rows["U-13"]["open_measures"]) == ("2026-05-26", 1), rows
    daemon.client("meeting", "KF", "2026-06-23", "--replaces", "2026-06-16")
    daemon.client("extend", "KS-1", "--due", "2026-08-31", "--reference", "KS § 3")
    rows = listed(daemon)
    assert (rows["U-12"]["answer_by"], rows["U-12"]["answer_by_original"]) == \
        ("2026-06-23", "2026-06-16"), rows
    daemon.client("status", "TN-2", "done")
    daemon.client("outcome", "KS-1", "approved", "--reference", "KS § 4")
    assert listed(daemon)["U-13"]["state"] == "closed"
    assert list(listed(daemon, "--open")) == ["U-12"]
    assert list(listed(daemon, "--body", "TN")) == ["U-13"]
    assert "no body X" in daemon.client("assignments", "--body", "X", code=65, text=True)


def a_body_closes_what_its_owner_calls_done(box):
    plan, daemon = start(box)
    daemon.client("status", "TN-1", "done")
    row = daemon.client("show", "TN-1")
    assert row["done_by_owner"] and row["closed"] is None, row
    assert listed(daemon)["U-12"]["state"] == "answered"
    assert "done according to the owner" in daemon.client("list", "--all", text=True)
    daemon.client("close", "TN-1", "done", "--reference", "KS § 5", "--link",
                  "https://kommunen.internal/5")
    row = daemon.client("show", "TN-1")
    assert not row["done_by_owner"] and row["closed"]["reference"] == "KS § 5", row
    assert row["closed"]["link"] == "https://kommunen.internal/5", row
    assert listed(daemon)["U-12"]["state"] == "answered"  # its own closing is the body's too
    assert "according to the owner" not in daemon.client("list", "--all", text=True)
    daemon.client("close", "U-12", "struck", "--reference", "KF § 6")
    shown = daemon.client("show", "U-12")
    assert (shown["state"], shown["closed_as"], shown["closed_reference"]) == \
        ("closed", "struck", "KF § 6"), shown
    assert [each["measure"] for each in shown["measures_below"]] == ["TN-1"], shown
    assert daemon.client("verify") == []
    daemon.restart()
    assert daemon.client("show", "U-12") == shown
    del plan.assignments["U-12"], plan.measures["TN-1"]["assignment"]
    plan.write()
    assert daemon.order("reload")["result"] == "ok"
    assert list(listed(daemon)) == ["U-13"]
    assert "U-12" in daemon.client("show", "U-12", code=65, text=True)
    assert daemon.client("verify") == []


def what_can_not_be_closed_is_refused(box):
    _, daemon = start(box)
    assert "outcome" in daemon.client("close", "KS-1", "done", "--reference", "x", code=65, text=True)
    assert "done, struck" in daemon.client("close", "TN-1", "gone", "--reference", "x", code=65, text=True)
    assert "--reference" in daemon.client("close", "TN-1", "done", code=64, text=True)


def it_is_printed_as_a_table_and_as_csv(box):
    _, daemon = start(box)
    daemon.client("close", "U-12", "done", "--reference", "KF § 6")
    text = daemon.client("assignments", text=True).replace("\u00a0", " ")
    for words in ("526 days", "Tue 16 Jun", "closed: done", "1 of 1 measure", "1 of 1 deadline", "KS"):
        assert words in text, (words, text)
    rows = list(csv.DictReader(io.StringIO(daemon.client("assignments", "--format", "csv", text=True))))
    assert rows[0]["title"] == "Korta köerna; nu" and rows[0]["closed_reference"] == "KF § 6", rows
    assert rows[1]["given_to"] == "TN" and rows[1]["closed_as"] == "", rows
    printed = json.loads(daemon.client("assignments", "--format", "json", text=True))
    assert printed == daemon.client("assignments"), printed
    daemon.client("assignments", "--format", "xls", code=64, text=True)
    said = daemon.client("close", "U-13", "done", "--reference", "KF § 7", text=True)
    assert "U-13 closed as done" in said, said
    assert daemon.client("assignments", "--open", text=True) == "Nothing that was given is open.\n"
    assert daemon.client("assignments", "--body", "TN", "--open", "--format", "csv", text=True).count("\n") == 1


run(the_list_follows_what_happens, a_body_closes_what_its_owner_calls_done,
    what_can_not_be_closed_is_refused, it_is_printed_as_a_table_and_as_csv)
