#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Entries for calendars, as another's parser reads them: in every reminder, move and assignment, and what
becomes of an owner's calendar that takes each of them in."""
import datetime

from harness import run
from icalendar import Calendar
from web import Web

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
        kind = rows[mail.number]
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


# ---- calendars that are fetched --------------------------------------------------------------------

def address(web, *words):
    return web.daemon.client("link", "calendar", *words)["url"].partition(f":{web.port}")[2]


def fetch(web, path):
    answer = web.get(path)
    assert answer.status == 200, answer.raw
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8", answer.raw
    calendar = Calendar.from_ical(answer.body)
    assert not calendar.errors and not any(each.errors for each in calendar.walk())
    assert len({event["UID"] for event in calendar.walk("VEVENT")}) == len(calendar.walk("VEVENT"))
    return calendar


def entries(calendar):
    return [(str(event.decoded("DTSTART")), event["SUMMARY"], event["SEQUENCE"])
            for event in calendar.walk("VEVENT")]


def a_person_s_is_kept_current(box):
    web = Web(box, "2026-04-29T12:00")
    path = address(web, "anna")
    calendar = fetch(web, path)
    assert calendar["X-WR-CALNAME"] == "Påminn: Anna Ek", calendar
    assert calendar["REFRESH-INTERVAL"] == "PT4H" == calendar["X-PUBLISHED-TTL"]
    assert "28 april 2028" in calendar["X-WR-CALDESC"], calendar
    assert entries(calendar) == [("2026-05-15", "Svar senast: Färre inhyrda (TN-1)", 0)]
    web.daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    assert entries(fetch(web, path)) == [("2026-05-22", "Svar senast: Färre inhyrda (TN-1)", 1)]
    web.daemon.tell("extend", "KS-1", due="2026-05-25", reference="KS 2026/1")
    assert entries(fetch(web, path)) == [("2026-05-25", "Svar senast: Färre inhyrda (TN-1)", 2)]
    # The same entry as the mail's, with the same sequence.
    web.daemon.until("2026-05-11T12:00")
    (event,) = events(web.sink.to("anna")[-1])
    assert event["UID"] == fetch(web, path).walk("VEVENT")[0]["UID"]
    # What somebody has written stands in no calendar; nothing rings, nothing leads to an answer.
    web.daemon.tell("status", "TN-1", "/people/anna", status="at-risk", note="Hemligt",
                    needs_support="Hjälp")
    answer = web.get(path)
    assert entries(fetch(web, path)) == [("2026-05-25", "Besvarad: Färre inhyrda (TN-1)", 3)]
    for words in ("Hemligt", "Hjälp", "VALARM", "http", "METHOD"):
        assert words not in answer.text, answer.text
    web.daemon.tell("assign", "TN-2", owner="anna")
    web.daemon.tell("submit", "KS-1", reference="TN 2026/1")
    # What nobody asks her for any more is cancelled, for programs that only add to what they have.
    calendar = fetch(web, path)
    assert entries(calendar) == [("2026-05-25", "Besvarad: Färre inhyrda (TN-1)", 3),
                                 ("2026-05-25", "Utgår: Samordnad drift (TN-2)", 4)], calendar
    assert [event["STATUS"] for event in calendar.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    assert entries(fetch(web, address(web, "ola"))) \
        == [("2026-05-25", "Inlämnat: Återredovisning av åtgärdsplan (KS-1)", 3)]
    assert web.daemon.client("verify") == []


def a_body_s_has_its_meetings(box):
    web = Web(box, "2026-04-29T12:00")
    path = address(web, "KS")
    calendar = fetch(web, path)
    assert calendar["X-WR-CALNAME"] == "Påminn: Kommunstyrelsen", calendar
    assert [each[:2] for each in entries(calendar)] == [
        ("2026-05-15", "Handlingar senast: Återredovisning av åtgärdsplan (KS-1)"),
        ("2026-05-26", "Sammanträde: Kommunstyrelsen")]
    meeting = calendar.walk("VEVENT")[1]
    assert str(meeting.decoded("DTEND")) == "2026-05-28", "two days"
    assert "Återredovisning av åtgärdsplan (KS-1)" in meeting["DESCRIPTION"]
    web.daemon.tell("meeting", "KS", place="Sal A; plan 2",
                    **{"from": "2026-06-02", "replaces": "2026-05-26"})
    moved = fetch(web, path).walk("VEVENT")[1]
    assert moved["UID"] == meeting["UID"] and moved["SEQUENCE"] > meeting["SEQUENCE"]
    assert moved["LOCATION"] == "Sal A; plan 2" and str(moved.decoded("DTSTART")) == "2026-06-02"
    assert fetch(web, address(web, "TN")).walk("VEVENT") == []


def a_calendar_s_address_ends(box):
    web = Web(box, "2026-04-29T12:00")
    path = address(web, "anna")
    unknown = web.get("/nowhere")
    forged = path[:-8] + ("A" if path[-8] != "A" else "B") + path[-7:]
    mine = path.replace("/calendar/", "/mine/").removesuffix(".ics")
    for wrong in (forged, path.removesuffix(".ics"), path + "/", mine):
        answer = web.get(wrong)
        assert (answer.status, answer.body) == (404, unknown.body), (wrong, answer.raw)
    assert web.get(path, method="POST").status in (405, 411)
    head = web.get(path, method="HEAD")
    assert head.status == 200 and head.body == b"", head.raw
    assert path.split("/")[-1].removesuffix(".ics") not in web.daemon.log_text()
    for row in web.daemon.query("list", all=True):
        assert row["state"] != "answered"
    # Who has left the plan has no calendar; the address ends after two years.
    web.daemon.plan.measures["TN-1"]["owner"] = "bo"
    del web.daemon.plan.people["anna"]
    web.daemon.plan.write()
    kept = address(web, "bo")
    assert web.daemon.order("reload")["result"] == "ok"
    assert web.get(path).status == 404
    web.daemon.until("2028-04-28T12:00")
    assert web.get(kept).status == 200
    web.daemon.until("2028-04-29T12:00")
    gone = web.get(kept)
    assert gone.status == 410 and "28 april 2028" in gone.text, gone.raw


def a_calendar_is_bounded(box):
    plan = box.plan()
    for n in range(600):
        plan.add("measures", f"TN-B{n}", title=f"Åtgärd {n}", owner="anna")
    web = Web(box, "2026-04-29T12:00", plan=plan)
    calendar = fetch(web, address(web, "anna"))
    assert len(calendar.walk("VEVENT")) == 500


run(every_mail_that_asks_brings_its_entries, an_owner_s_calendar_follows, each_copy_is_the_same,
    a_person_s_is_kept_current, a_body_s_has_its_meetings, a_calendar_s_address_ends,
    a_calendar_is_bounded)
