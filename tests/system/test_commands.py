#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The client against the real daemon: what it reports, what it shows, how it exits, its spool."""
import json
import os

from harness import event, run


def middle_of_may(box):
    """What is shown past +1wd: Anna has answered, Bo and Ola are late."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-07T12:00")
    daemon.client("status", "TN-1", "at-risk", "--progress", 40, "--effect", 250000, "--forecast",
                  900000, "--needs-support", "Jurist", "--note", "Två av tre klara")
    daemon.until("2026-05-18T12:00")
    daemon.restart("2026-05-18T12:00")
    for look in (reports_and_shows, why_and_forecast, the_report):
        look(daemon)


def reports_and_shows(daemon):
    assert {row["measure"] for row in daemon.client("list")} == {"TN-2", None}, "unanswered"
    rows = {row["measure"]: row for row in daemon.client("list", "--all")}
    assert set(rows) == {"TN-1", "TN-2", None}, rows
    bo = rows["TN-2"]
    for key in ("deadline measure owner state due papers practical provisional due_original "
                "papers_original asked last_asked status answered_at").split():
        assert key in bo, (key, bo)
    assert (bo["state"], bo["asked"], bo["provisional"]) == ("late", 5, False), bo
    assert rows["TN-1"]["state"] == "answered" and rows["TN-1"]["status"] == "at-risk", rows
    assert [row["measure"] for row in daemon.client("list", "--owner", "bo")] == ["TN-2"]
    assert {row["measure"] for row in daemon.client("list", "--late")} == {"TN-2", None}
    assert len(daemon.client("list", "--deadline", "KS-1")) == 2
    shown = daemon.client("show", "TN-1")
    assert isinstance(shown, dict) and shown["status"] == "at-risk", shown
    text = daemon.client("show", "TN-1", text=True)
    for word in ("TN-1", "Färre inhyrda", "at-risk", "Jurist", "Två av tre klara"):
        assert word in text, (word, text)
    bo = daemon.client("show", "bo")
    assert (bo["person"], bo["away"], bo["absences"]) == ("bo", False, []), bo
    assert bo["obligations"] == daemon.client("list", "--owner", "bo"), bo
    daemon.client("absence", "bo", "2026-05-18", "2026-05-20", "--deputy", "anna", text=True)
    text = daemon.client("show", "bo", text=True)
    for word in ("bo", "away           yes", "Mon 18 May", "Wed 20 May", "anna", "TN-2", "late"):
        assert word in text, (word, text)
    assert daemon.client("show", "anna")["stands_in_for"] == ["bo"]
    assert "Nothing is owed now." not in text, text
    text = daemon.client("list", "--all", text=True)
    assert "TN-2" in text and "late" in text and "Fri 15 May" in text, text
    who = daemon.client("whoami")
    assert who["time"].startswith("2026-05-") and who["version"] and who["feed"], who


def why_and_forecast(daemon):
    why = daemon.client("why", "TN-1", "anna")
    for row in why:
        assert set(row) >= {"when", "person", "deadline", "measure", "step", "decision", "reason"}
        assert row["reason"], row
    assert [row["step"] for row in why if row["decision"] == "sent"] == ["-10wd", "-5wd"], why
    text = daemon.client("why", "TN-1", text=True)
    assert "anna" in text and "-5wd" in text and "answer" in text.lower(), text
    rows = daemon.client("forecast", "--month", "2026-05")
    assert rows == daemon.client("forecast", "--from", "2026-05-01", "--until", "2026-05-31")
    assert {(row["when"][:16], row["to"], row["kind"]) for row in rows} == {
        ("2026-05-21T07:30", "stina", "absence"),  # Bo is back
        *((f"2026-05-{day}T08:00", "stina", "escalation") for day in (20, 22, 26, 28))}, rows
    assert all({item["measure"] for item in row["items"]} == {"TN-2", None}
               for row in rows if row["kind"] == "escalation"), rows
    text = daemon.client("forecast", "--month", "2026-05", text=True)
    assert "stina" in text and "Wed 20 May" in text, text


def the_report(daemon):
    report = daemon.client("report", "KS-1")
    assert report["deadline"] == "KS-1" and report["due"] == "2026-05-26", report
    assert report["decision"] == "KS 2026-04-15 § 12" and report["papers"] == "2026-05-15", report
    one, two = sorted(report["rows"], key=lambda row: row["measure"])
    assert (one["effect_planned"], one["effect_achieved"], one["effect_forecast"],
            one["deviation"]) == (1000000, 250000, 900000, -100000), one
    assert two["status"] is None and two["asked"] == 5 and two["last_asked"], two
    assert report["totals"], report
    text = daemon.client("report", "KS-1", "--format", "md", text=True)
    assert text.startswith("#") and "| TN-1" in text.replace("|TN-1", "| TN-1"), text
    assert json.loads(daemon.client("report", "KS-1", "--format", "json", text=True)) == report
    daemon.client("report", "KS-9", code=65)


def all_the_events(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-04T12:00")
    daemon.client("note", "TN-1", "Möte hölls 4 maj")
    daemon.client("meeting", "KS", "2026-06-02", "--replaces", "2026-05-26",
                  "--until", "2026-06-03")
    assert daemon.obligation("KS-1")["due"] == "2026-06-02"
    daemon.client("extend", "KS-1", "--measure", "TN-1", "--due", "2026-05-29",
                  "--reference", "§ 3")
    assert daemon.obligation("KS-1", "TN-1")["papers"] == "2026-05-29"
    daemon.client("submit", "KS-1", "--reference", "TN § 31")
    assert daemon.obligation("KS-1")["state"] == "answered"
    daemon.client("status", "TN-2", "done", "--as", "bo")
    daemon.client("status", "TN-2", "at-risk", "--as", "nobody", code=77)
    daemon.restart("2026-05-04T12:00")
    rows = daemon.client("outbox")
    for key in ("id to channel kind state planned attempts unknown next_attempt "
                "last_answer").split():
        assert all(key in row for row in rows), (key, rows)
    assert daemon.client("outbox", "list") == rows
    assert "delivered" in daemon.client("outbox", text=True)


def a_warning_in_the_log_is_one_by_its_level(box):
    """The squeeze day of the plan is a warning: the level says so, and the line doesn't repeat it."""
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    assert daemon.logged(r"^<4>.*squeeze day"), daemon.log_text()
    assert not daemon.logged(r"warning:"), daemon.log_text()


def exit_codes(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.client("status", "TN-9", "on-track", code=65)
    text = daemon.client("status", "TN-1", "on-trak", code=65, text=True)
    assert "on-trak" in text and "on-track" in text, text
    daemon.client("status", "TN-1", code=64, text=True)
    daemon.client("nonsense", code=64, text=True)
    text = daemon.client("hold", "true", code=64, text=True)
    assert 'hold takes on or off, not "true"' in text, text
    daemon.client("status", "TN-1", "on-track", "--nonsense", code=64, text=True)
    daemon.client("show", "TN-9", code=65)
    daemon.client("extend", "KS-1", "--due", "2026-05-20", code=64, text=True)
    assert "paminn" in daemon.client("--help", text=True)
    for command in ("status submit extend meeting note send list show why forecast report outbox "
                    "reload hold whoami flush").split():
        assert command in daemon.client(command, "--help", text=True).lower()
    assert "0.1" in daemon.client("--version", text=True)
    daemon.stop()
    daemon.client("list", "--timeout", 1, code=69, text=True)


def send_a_file(box):
    daemon = box.daemon(box.plan(), "2026-04-28T12:00")
    good = [event("status", "TN-1", {"status": "on-track", "progress": n % 100})
            for n in range(2500)]
    lines = [json.dumps(one) for one in [*good, good[0]]]
    lines.insert(1, json.dumps(event("status", "TN-9", {"status": "done"})))
    lines.insert(3, "{not json")
    path = box.folder / "events.jsonl"
    path.write_text("\n".join(lines) + "\n")
    text = daemon.client("send", path, code=65, text=True)
    assert "2500 accepted" in text and "1 duplicate" in text and "2 rejected" in text, text
    assert "2:" in text and "4:" in text and "TN-9" in text, text
    text = daemon.client("send", "-", stdin="\n".join(lines[:1]), text=True)
    assert "1 duplicate" in text, text
    daemon.client("send", box.folder / "none", code=66, text=True)


def spool_and_flush(box):
    """Away: the event is stamped with its own time and kept; sent once the daemon is there."""
    plan = box.plan()
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.stop()
    for progress in (10, 20, 30):
        text = daemon.client("status", "TN-1", "on-track", "--progress", progress, "--timeout", 1,
                             code=75, text=True)
        assert "kept" in text or "spool" in text, text
    spool = box.folder / ".local/state/paminn/spool"
    kept = [path for path in spool.rglob("*") if path.is_file()]
    assert kept and all(os.stat(path).st_mode & 0o077 == 0 for path in kept), kept
    daemon.start()
    # The next call takes what is kept along, before its own.
    daemon.client("note", "TN-1", "Åter")
    assert daemon.client("show", "TN-1")["progress"] == 30, daemon.client("show", "TN-1")
    text = daemon.client("flush", text=True)
    assert daemon.client("show", "TN-1")["progress"] == 30
    daemon.stop()
    daemon.client("status", "TN-2", "done", "--timeout", 1, code=75, text=True)
    daemon.start()
    daemon.client("flush")
    assert daemon.client("show", "TN-2")["status"] == "done"


run(exit_codes, a_warning_in_the_log_is_one_by_its_level, middle_of_may, all_the_events, send_a_file, spool_and_flush)
