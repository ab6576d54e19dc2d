#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A deadline that is a meeting: provisional, set, moved, cancelled; closed days; extensions."""
from harness import Daemon, run


def dates(row):
    return tuple(row[key] for key in ("due", "papers", "practical", "provisional"))


def kinds(daemon, kind):
    return sorted((row["planned"][:10], row["to"]) for row in daemon.query("outbox")
                  if row["kind"] == kind and row["state"] != "dropped")


def provisional_then_set(box):
    plan = box.plan()
    sink = box.smtp(plan)
    plan.meetings.clear()
    daemon = box.daemon(plan, "2026-04-22T12:00")
    # Friday 29 May is May's last working day; nothing is known yet.
    assert dates(daemon.obligation("KS-1")) == ("2026-05-29", "2026-05-29", "2026-05-29", True)
    daemon.until("2026-04-28T12:00")
    daemon.tell("meeting", "KS", **{"from": "2026-05-26", "until": "2026-05-27"})
    assert dates(daemon.obligation("KS-1")) == ("2026-05-26", "2026-05-15", "2026-05-13", False)
    daemon.until("2026-04-30T12:00")
    assert [f"{mail.when:%m-%d}" for mail in sink.to("anna")] == ["04-29"], sink.mails


def an_earlier_one_of_the_month(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.tell("meeting", "KS", **{"from": "2026-05-20"})
    row = daemon.obligation("KS-1")
    assert row["due"] == "2026-05-20" and row["due_original"] == "2026-05-26", row
    daemon.tell("meeting", "KS", **{"from": "2026-05-28"})
    daemon.tell("meeting", "TN", **{"from": "2026-05-19"})
    assert daemon.obligation("KS-1")["due"] == "2026-05-20"


def moved_in_the_middle(box):
    """Those concerned are told once, and what is still ahead follows the meeting."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-08T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    row = daemon.obligation("KS-1", "TN-2")
    # Seven working days before Tue 2 June.
    assert dates(row) == ("2026-06-02", "2026-05-22", "2026-05-22", False), row
    assert (row["due_original"], row["papers_original"]) == ("2026-05-26", "2026-05-15"), row
    daemon.until("2026-05-26T12:00")
    told = kinds(daemon, "moved")
    assert sorted(person for _, person in told) == ["bo", "ola", "reg"], told
    (mail,) = sink.to("reg")
    assert "2 juni" in mail.text and "26 maj" in mail.text, mail.text
    # What was to come on the 12th never does; -5wd, -2wd, 0 and +1wd are those of the new date.
    days = [day for day, person in kinds(daemon, "reminder") if person == "bo"]
    assert days == ["2026-04-29", "2026-05-07", "2026-05-15", "2026-05-20", "2026-05-22",
                    "2026-05-25"], days


def a_day_later_is_the_same_round(box):
    """Moved by less than five working days: fired steps stay fired, the rest follows."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-08T12:00")
    daemon.tell("meeting", "KS", **{"from": "2026-05-28", "replaces": "2026-05-26"})
    assert daemon.obligation("KS-1")["papers"] == "2026-05-19"
    daemon.until("2026-05-22T12:00")
    days = [day for day, person in kinds(daemon, "reminder") if person == "bo"]
    # -2wd and 0 of the new papers date; -10wd and -5wd not again.
    assert days == ["2026-04-29", "2026-05-07", "2026-05-15", "2026-05-19", "2026-05-20"], days


def there_and_back_again(box):
    """A change that is undone before anything was sent: nobody is told."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-29T18:00")
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    assert kinds(daemon, "moved")
    daemon.tell("meeting", "KS", **{"from": "2026-05-26", "replaces": "2026-06-02"})
    assert not kinds(daemon, "moved"), daemon.query("outbox")
    daemon.restart("2026-04-30T07:00")
    daemon.until("2026-04-30T12:00")
    assert not kinds(daemon, "moved")
    assert not sink.to("reg"), sink.mails


def two_changes_are_one_message(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-29T18:00")
    daemon.tell("meeting", "KS", **{"from": "2026-05-28", "replaces": "2026-05-26"})
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-28"})
    daemon.restart("2026-04-30T07:00")
    daemon.until("2026-04-30T12:00")
    (mail,) = sink.to("reg")
    assert "2 juni" in mail.text and "26 maj" in mail.text and "28 maj" not in mail.text, mail.text


def cancelled_is_provisional_again(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.tell("meeting", "KS", **{"from": "2026-05-26", "replaces": "2026-05-26",
                                    "cancelled": True})
    row = daemon.obligation("KS-1")
    assert row["provisional"] and row["due"] == "2026-05-29", row
    daemon.tell("meeting", "KS", **{"from": "2026-05-19"})
    row = daemon.obligation("KS-1")
    assert not row["provisional"] and row["due"] == "2026-05-19", row


def the_month_ends_without_a_meeting(box):
    """Late as usual, and support is told once."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.meetings.clear()
    daemon = box.daemon(plan, "2026-05-27T12:00")
    daemon.until("2026-06-12T12:00")
    assert daemon.obligation("KS-1", "TN-1")["state"] == "late"
    alerts = kinds(daemon, "alert")
    assert alerts == [("2026-06-01", "stina")], alerts


def closing(box, again):
    """15 May closed locally: the papers are due on the 13th."""
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    assert daemon.obligation("KS-1")["papers"] == "2026-05-15"
    plan.settings["calendar"]["closed"] = ["2026-05-15"]
    plan.write()
    again(daemon)
    row = daemon.obligation("KS-1", "TN-1")
    assert dates(row) == ("2026-05-26", "2026-05-13", "2026-05-13", False), row
    assert row["papers_original"] == "2026-05-15", row
    steps = {(row["when"][:10], item["step"]) for row in daemon.query(
        "forecast", **{"from": "2026-05-01", "until": "2026-05-31"})
        if row["to"] == "anna" for item in row["items"]}
    assert ("2026-05-13", "0") in steps and ("2026-05-11", "-2wd") in steps, steps


def closing_a_day_by_reload(box):
    closing(box, lambda daemon: daemon.client("reload"))


def closing_a_day_by_restart(box):
    closing(box, Daemon.restart)


def extension_starts_a_new_round(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-13T12:00")
    daemon.tell("extend", "TN-1", deadline="KS-1", due="2026-05-22", reference="KS 2026-05-13 § 9",
                reason="Sjukdom")
    row = daemon.obligation("KS-1", "TN-1")
    assert (row["papers"], row["due"]) == ("2026-05-22", "2026-05-26"), row
    assert row["papers_original"] == "2026-05-15", row
    assert daemon.obligation("KS-1", "TN-2")["papers"] == "2026-05-15"
    daemon.until("2026-05-26T12:00")
    days = [day for day, person in kinds(daemon, "reminder") if person == "anna"]
    # Of the new round only -10wd, on 7 May, is past when it begins.
    assert days == ["2026-04-29", "2026-05-07", "2026-05-12", "2026-05-15", "2026-05-20",
                    "2026-05-22", "2026-05-25"], days
    assert "KS 2026-05-13 § 9" in "".join(
        str(row) for row in daemon.query("show", item="TN-1")), "the extension is not shown"


def extending_the_whole(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-07T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.tell("extend", "KS-1", due="2026-05-20", reference="KSAU 2026-05-07 § 3")
    assert daemon.obligation("KS-1")["papers"] == "2026-05-20"
    (report,) = daemon.query("report", deadline="KS-1")
    assert (report["papers"], report["papers_original"]) == ("2026-05-20", "2026-05-15"), report
    assert daemon.obligation("KS-1", "TN-2")["papers"] == "2026-05-20"
    assert daemon.obligation("KS-1", "TN-1")["papers"] == "2026-05-15", "an answered one was moved"


def events_outrank_the_file_until_it_changes(box):
    plan = box.plan()
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    daemon.restart()
    assert daemon.obligation("KS-1")["due"] == "2026-06-02", "a restart undid the event"
    plan.measures["TN-1"]["title"] = "Färre inhyrda läkare"
    plan.write()
    daemon.client("reload")
    assert daemon.obligation("KS-1")["due"] == "2026-06-02", "a reload undid the event"


def reload_withdraws_what_left_the_plan(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-05T12:00")
    kept = plan.measures.pop("TN-2")
    plan.write()
    daemon.client("reload")
    assert daemon.obligation("KS-1", "TN-2")["state"] == "withdrawn"
    daemon.until("2026-05-08T12:00")
    assert [f"{mail.when:%m-%d}" for mail in sink.to("bo")] == ["04-29"], sink.to("bo")
    plan.measures["TN-2"] = kept
    plan.write()
    daemon.client("reload")
    assert daemon.obligation("KS-1", "TN-2")["state"] == "open"
    daemon.until("2026-05-13T12:00")
    assert f"{sink.to('bo')[-1].when:%m-%d}" == "05-12", sink.to("bo")


def put_off_to_a_meeting_that_is_not_known(box):
    """It goes to the council's October meeting; when that is set, and when it moves a week after that,
    dates, mails, forecast and rows follow, over a reload and from the log."""
    plan = box.plan()
    plan.bodies["RF"] = {"name": "Regionfullmäktige", "papers": "-7wd"}
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-08T12:00")
    extend = ("extend", "KS-1", "--reference", "RF § 3", "--due")
    for due in ("meeting KF 2026-10", "meeting RF next"):
        daemon.client(*extend, due, code=65)
    daemon.client(*extend, "meeting RF 2026-10")
    row = daemon.obligation("KS-1")
    assert dates(row) == ("2026-10-30", "2026-10-30", "2026-10-30", True), row
    assert (row["due_original"], row["papers_original"]) == ("2026-05-26", "2026-05-15"), row
    assert row["extended_to"] == "meeting RF 2026-10", row
    daemon.until("2026-05-11T12:00")
    told = sink.to("reg")[-1].text
    assert "Sammanträde: Regionfullmäktige, preliminärt fredag 30 oktober 2026" in told, told
    assert "Sammanträdesdag före ändringen: Kommunstyrelsen, tisdag 26 maj 2026" in told, told

    daemon.tell("meeting", "RF", **{"from": "2026-10-20"})
    assert dates(daemon.obligation("KS-1")) == ("2026-10-20", "2026-10-09", "2026-10-09", False)
    daemon.until("2026-05-13T12:00")
    told = sink.to("reg")[-1].text
    assert "Sammanträde: Regionfullmäktige, tisdag 20 oktober 2026" in told, told
    daemon.client("reload")

    daemon.tell("meeting", "RF", **{"from": "2026-10-27", "replaces": "2026-10-20"})
    assert dates(daemon.obligation("KS-1", "TN-1")) == ("2026-10-27", "2026-10-16", "2026-10-16", False)
    daemon.until("2026-05-14T12:00")
    told = sink.to("reg")[-1].text
    assert "Sammanträdesdag före ändringen: tisdag 20 oktober 2026" in told, told
    shown = daemon.client("show", "KS-1")
    assert shown["extended_to"] == "meeting RF 2026-10" and shown["due"] == "2026-10-27", shown
    asked = [row["when"][:10] for row in daemon.query("forecast", until="2026-10-20")
             if row["kind"] == "reminder" and row["to"] == "anna"]
    assert asked and min(asked) == "2026-10-02", asked
    assert daemon.client("verify") == [], "the store does not follow from its log"


run(put_off_to_a_meeting_that_is_not_known, provisional_then_set, an_earlier_one_of_the_month, moved_in_the_middle,
    a_day_later_is_the_same_round, there_and_back_again, two_changes_are_one_message,
    cancelled_is_provisional_again, the_month_ends_without_a_meeting,
    closing_a_day_by_reload, closing_a_day_by_restart, extension_starts_a_new_round,
    extending_the_whole, events_outrank_the_file_until_it_changes, reload_withdraws_what_left_the_plan)
