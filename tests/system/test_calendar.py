#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Entries for calendars, as another's parser reads them: in every reminder, move and assignment, and what
becomes of an owner's calendar that takes each of them in."""
import datetime

from harness import run
from icalendar import Calendar

UTC = datetime.timezone.utc


def files(mail):
    """The files of entries that came with a mail, read with their method."""
    for part in mail.message.walk():
        assert not part.defects, part.defects
    found = []
    for part in mail.message.iter_attachments():
        assert part.get_content_type() == "text/calendar", part.get_content_type()
        assert part["Content-Type"].params["charset"].lower() == "utf-8"
        assert part.get_filename().endswith(".ics"), part.get_filename()
        raw = part.get_payload(decode=True)
        assert raw.endswith(b"END:VCALENDAR\r\n") and raw.count(b"\n") == raw.count(b"\r\n")
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        raw.decode("utf-8")
        calendar = Calendar.from_ical(raw)
        assert not calendar.errors and not any(each.errors for each in calendar.walk())
        assert calendar["METHOD"] == part["Content-Type"].params["method"]
        found.append(calendar)
    return found


def events(mail):
    return [event for calendar in files(mail) for event in calendar.walk("VEVENT")]


def take_in(calendar, mail):
    """What a calendar program makes of a mail: the entry with the higher sequence stands."""
    for each in files(mail):
        for event in each.walk("VEVENT"):
            known = calendar.get(event["UID"])
            if known and known["SEQUENCE"] > event["SEQUENCE"]:
                continue
            assert not known or known["SEQUENCE"] < event["SEQUENCE"] \
                or known.decoded("DTSTART") == event.decoded("DTSTART"), "another day, no sequence"
            if each["METHOD"] == "CANCEL":
                calendar.pop(event["UID"], None)
            else:
                calendar[event["UID"]] = event


def every_mail_that_asks_brings_its_entries(box):
    plan = box.plan()
    plan.measures["TN-1"]["title"] = 'Färre inhyrda, "akuten"; natt – 🌙: en titel så lång att raden viks'
    plan.people["bo"]["language"] = "en"
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    daemon.until("2026-04-30T12:00")
    (mail,) = sink.to("anna")
    (event,) = events(mail)
    assert event["SUMMARY"] == f"Svar senast: {plan.measures['TN-1']['title']} (TN-1)", \
        event["SUMMARY"]
    assert event.decoded("DTSTART") == datetime.date(2026, 5, 15)
    assert event.decoded("DTEND") == datetime.date(2026, 5, 16)
    assert event["SEQUENCE"] == 0 and event["TRANSP"] == "TRANSPARENT"
    assert "onsdag 13 maj 2026" in event["DESCRIPTION"], event["DESCRIPTION"]
    assert "Kommunstyrelsen, tisdag 26 maj 2026" in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == datetime.datetime(2026, 5, 13, 6, 0, tzinfo=UTC)
    assert alarm["ACTION"] == "DISPLAY"
    (english,) = events(sink.to("bo")[0])
    assert english["SUMMARY"] == "Answer by: Samordnad drift (TN-2)", english["SUMMARY"]

    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    daemon.until("2026-05-04T12:00")
    daemon.tell("assign", "TN-2", owner="anna")
    daemon.until("2026-05-05T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="off-track", needs_support="x")
    daemon.until("2026-05-26T12:00")
    asking = {"reminder", "moved", "assigned"}
    rows = {row["id"]: row["kind"] for row in daemon.query("outbox")}
    assert asking < set(rows.values()) | {"alert"}, rows
    for mail in sink.mails:
        kind = rows[int(mail.id.split("@")[0].rsplit(".")[-1])]
        assert bool(files(mail)) == (kind in asking), (kind, mail)


def an_owner_s_calendar_follows(box):
    """Moved, extended, given away: each time the calendar shows what stands."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-29T12:00")
    calendar, seen = {}, 0

    def days():
        nonlocal seen
        mails = sink.to("anna")
        for mail in mails[seen:]:
            take_in(calendar, mail)
        seen = len(mails)
        return sorted(str(event.decoded("DTSTART")) for event in calendar.values())

    assert days() == ["2026-05-15"]
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    daemon.until("2026-04-30T12:00")
    assert days() == ["2026-05-22"]
    daemon.tell("extend", "TN-1", deadline="KS-1", due="2026-05-25", reference="KS 2026/1")
    daemon.until("2026-05-04T12:00")
    assert days() == ["2026-05-25"]
    daemon.tell("assign", "TN-1", owner="bo")
    daemon.until("2026-05-05T12:00")
    assert days() == []
    daemon.tell("assign", "TN-1", owner="anna")
    daemon.until("2026-05-06T12:00")
    assert days() == ["2026-05-25"]
    assert daemon.client("verify") == []


def each_copy_is_the_same(box):
    plan = box.plan()
    sink = box.smtp(plan)
    sink.drop["anna"] = 1
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.expect("anna")
    daemon.until("2026-05-07T12:00")
    first, again = sink.to("anna")
    assert first.raw == again.raw


run(every_mail_that_asks_brings_its_entries, an_owner_s_calendar_follows, each_copy_is_the_same)
