#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn report --format csv`: read back by a parser, nothing in it is a formula."""
import csv
import io
import os
import subprocess

from harness import PAMINN, run

COLUMNS = ("measure title owner status progress effect_planned effect_achieved effect_forecast "
           "deviation answered_at asked last_asked note").split()


def the_report_as_csv(box):
    plan = box.plan()
    box.smtp(plan)
    plan.measures["TN-2"]["title"] = '=HYPERLINK("http://x","Samordnad drift")'
    daemon = box.daemon(plan, "2026-05-04T12:00")
    note = '=1+1\nrad två, "citat"; åäö'
    daemon.tell("status", "TN-1", status="at-risk", progress=40, effect_forecast=900000, note=note)
    done = subprocess.run([PAMINN, "--server", plan.submit, "report", "KS-1", "--format", "csv"],
                          capture_output=True, timeout=60, env={**os.environ, "HOME": str(box.folder)})
    assert done.returncode == 0, done
    text = done.stdout.decode("utf-8")
    assert text.startswith("measure,") and text.endswith("\r\n"), text
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    report = daemon.client("report", "KS-1")
    assert list(rows[0]) == COLUMNS and len(rows) == len(report["rows"]) == 2
    one, two = rows
    assert one["note"] == "'" + note, one
    assert (one["measure"], one["status"], one["progress"], one["deviation"]) == (
        "TN-1", "at-risk", "40", "-100000"), one
    assert two["title"] == "'" + plan.measures["TN-2"]["title"] and two["status"] == "", two
    for row in rows:
        for name, cell in row.items():
            assert cell == "" or cell[0] not in "=+-@\t\r" or name == "deviation", (name, cell)
    assert daemon.client("report", "KS-1", "--format", "csv") == report, "--json outranks --format"
    daemon.client("report", "KS-1", "--format", "xls", code=64, text=True)


run(the_report_as_csv)
