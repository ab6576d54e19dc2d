#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A board's assignments per tertial, in three columns and the region's own words: the assignment, its status,
a comment. What was carried over keeps its history, and where nobody answered it says so."""
from cases import WrittenPlan
from harness import run


def cells(text, start):
    """The rows of the Markdown table whose heading begins so."""
    lines = text.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(start))
    rows = []
    for line in lines[first + 2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def assignments_per_tertial(box):
    plan = WrittenPlan(box.folder, "tertials")
    box.smtp(plan)
    daemon = box.daemon(plan, "2025-05-02T09:00")
    daemon.until("2025-08-20T10:00")
    daemon.tell("status", "M-07", "/people/hr", status="at-risk", note="Svårt att rekrytera")
    daemon.until("2026-03-10T10:00")
    daemon.tell("status", "M-07", "/people/hr", status="on-track", note="Avtal tecknat")
    daemon.tell("status", "M-12", "/people/fastighet", status="on-track", note="Inventering klar")
    daemon.until("2026-08-25T10:00")
    daemon.tell("status", "M-07", "/people/hr", status="done", progress=100,
                note="Inga inhyrda sedan juni")
    daemon.tell("status", "M-12", "/people/fastighet", status="on-track", note="Plan på remiss")
    daemon.tell("status", "M-14", "/people/fastighet", status="at-risk", note="Fel period")
    daemon.until("2026-08-31T10:00")
    daemon.tell("status", "M-14", "/people/fastighet", status="on-track", progress=50,
                note="Solceller upphandlade")
    daemon.until("2026-09-15T10:00")
    daemon.tell("status", "M-12", "/people/fastighet", status="at-risk", note="Efter tertialet")

    # Three columns: the assignment, its status at T2, a comment.
    text = daemon.client("report", "--body", "RS", "--period", "T2 2026", text=True)
    rows = cells(text, "| Uppdrag |")
    assert [len(row) for row in rows] == [3] * 4, text
    for row, (name, status, note) in zip(rows, (
            ("Oberoende av inhyrd personal", "Avslutad/klar", "Inga inhyrda sedan juni"),
            ("Samlad lokalförsörjningsplan", "Pågående enligt plan", "Plan på remiss"),
            ("Gemensam växel", "Inga data", ""),
            ("Energiplan", "Pågående enligt plan", "Solceller upphandlade"))):
        assert name in row[0] and status in row[1] and note in row[2], (row, text)

    assert "Energiplan (M-14) | Fastighetschefen | Pågående enligt plan (Grön)" in text, text

    # All tertials side by side: what was carried over from last year keeps its history.
    text = daemon.client("report", "--body", "RS", text=True)
    row = next(row for row in cells(text, "| Uppdrag |") if "U-07" in row[0])
    for cell, word in zip(row[1:], ("avvikelse", "Pågående enligt plan", "Avslutad/klar")):
        assert word in cell, text
    row = next(row for row in cells(text, "| Uppdrag |") if "U-13" in row[0])
    assert row[1:4] == ["Inga data"] * 3, text
    assert daemon.client("verify") == []


run(assignments_per_tertial)
