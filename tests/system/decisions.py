# SPDX-License-Identifier: Apache-2.0
"""The plan of a year of decisions: a council, its board and a committee, chains through them, a series of
some meetings and one of every other, measures with dates and closings of their own."""
from collections import Counter

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}
MEETINGS = {
    "RF": ("02-17", "04-21", "06-16", "09-22", "11-24"),
    "KS": ("01-27", "02-24", "03-24", "05-26", "06-09", "08-25", "09-29", "10-27", "12-15"),
    "TN": ("01-22", "02-12", "03-19", "04-23", "05-21", "06-11", "08-20", "09-17", "10-15",
           "11-19", "12-10"),
}


def decisions_plan(box):
    plan = box.plan()
    plan.meetings.clear()
    plan.bodies.clear()
    plan.add("bodies", "RF", name="Fullmäktige", papers="-10wd")
    plan.add("bodies", "KS", name="Kommunstyrelsen", papers="-7wd", papers_late="-2wd")
    plan.add("bodies", "TN", name="Tekniska nämnden", papers="-5wd")
    for body, dates in MEETINGS.items():
        for day in dates:
            plan.add("meetings", f"{body} {day}", body=body, **{"from": f"2026-{day}"})
    plan.settings["alerts"] = (
        {"when": "light", "to": ["owner", "role:support"]},
        {"when": "off-track", "to": ["manager"]})
    plan.add("assignments", "U-1", title="Ekonomi i balans", decision="RF 2025-11-25 § 130",
             given="2025-11-25", given_by="RF", given_to="TN", answer_by="meeting RF 2026-11",
             closing="body")
    plan.measures["TN-1"].update(assignment="U-1", closing="body", done_by="2026-05-29")
    plan.measures["TN-2"].update(assignment="U-1", done_by="meeting KS 2026-09", light_days="5wd")
    for key, name in (("eva", "Eva Sund"), ("carl", "Carl Lind")):
        plan.add("people", key, name=name, mail=f"{key}@kommunen.internal", manager="mona")
    plan.add("measures", "TN-3", title="Ny upphandling", owner="eva", assignment="U-1",
             done_by="2026-10-30")
    plan.add("measures", "TN-4", title="Färre lokaler", owner="carl", closing="body")
    plan.deadlines.clear()
    both = {"answers_from": ["TN-*"], "inform": ["reg"], "responsible": "ola", "ladder": "standard"}
    plan.add("deadlines", "BUDGET", title="Svar om ekonomi i balans", assignment="U-1",
             due="meeting RF 2026-06", via=["meeting TN 2026-05", "meeting KS 2026-05"], **both)
    plan.add("deadlines", "DELAR", title="Delårsrapport", due="2m after 2026-08-31", round="forward",
             **both)
    plan.add("deadlines", "HALV", title="Halvårsläge", due="meeting RF 2026-04", every="meeting RF",
             months=[4, 9, 11], via=["meeting TN"], **both)
    plan.add("deadlines", "VARANNAN", title="Vartannat sammanträde", due="meeting KS 2026-01",
             every="meeting KS", each=2, sending="second", **both)
    plan.add("deadlines", "OKT", title="Svar i oktober", due="meeting RF 2026-10",
             via=["meeting TN"], **both)
    return plan, box.smtp(plan)


def year_of(bag):
    return Counter({key: n for key, n in bag.items() if key[0] < "2027"})
