#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The paper is frozen when its papers date has passed, or when it is handed in: its bytes, their hash, who gets it,
and what comes later."""
import hashlib
import io
import json
import sqlite3
import zipfile

import docx
import papers
from checksum import anew
from harness import run
from papers import BODIES, DEADLINES, MEASURES, PROPOSAL, told, written


def seen(box, *parts, until="2026-09-21T09:00", **settings):
    """A daemon that has come so far; papers of RS-T2 are due on 18 September."""
    plan = written(box, *(parts or (BODIES, MEASURES % "", DEADLINES % PROPOSAL)))
    plan.settings.update(settings)
    daemon = box.daemon(plan, "2026-01-07T09:00")
    told(daemon)
    if until:
        daemon.until(until)
    return plan, daemon


def frozen(daemon, item="RS-T2"):
    """Its bytes, and what they say."""
    text = daemon.client("report", item, "--frozen", text=True)
    return text, json.loads(text)


def answer(daemon, **data):
    daemon.tell("status", "M-08", "/people/hr", **{"status": "on-track", "effect_forecast": 4500000, **data})


def at_the_end_of_the_papers_date(box):
    plan, daemon = seen(box, until="2026-09-18T23:59")
    daemon.client("report", "RS-T2", "--frozen", code=65, text=True)
    daemon.until("2026-09-19T00:00")
    text, paper = frozen(daemon)
    assert paper["frozen_at"] == "2026-09-19T00:00:00+02:00" and paper["sha256"] is None, paper
    # The 19th is a Saturday: the paper has the day at whose end it was frozen.
    assert paper["dated"] == "2026-09-18", paper
    assert "| 18 september 2026 |" in daemon.client("report", "RS-T2", "--frozen", "--format", "md", text=True)
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert report["sha256"] == hashlib.sha256(text.encode()).hexdigest(), report
    assert report["frozen_at"] == paper["frozen_at"] and report["since_frozen"] == [], report
    assert text == json.dumps(paper, sort_keys=True, separators=(",", ":"), ensure_ascii=False), text
    # In every form its foot says when, and the hash.
    for form in ("md", "html"):
        foot = daemon.client("report", "RS-T2", "--frozen", "--format", form, text=True)
        assert f"SHA-256: {report['sha256']}" in foot and "18 september 2026" in foot.replace("\u00a0", " "), foot
    # What comes later changes nothing of it, and is told beside it.
    daemon.until("2026-09-22T09:00")
    answer(daemon, note="Sent svar.")
    assert frozen(daemon)[0] == text
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert [row["effect_forecast"] for row in report["rows"]] == [10000000, None, None], report["rows"]
    (change,) = report["since_frozen"]
    assert (change["measure"], change["was"]["effect_forecast"], change["is"]["effect_forecast"],
            change["note"]) == ("M-08", None, 4500000, "Sent svar."), change
    told_now = daemon.client("report", "RS-T2", text=True)
    assert "- Samlad upphandling \\| bemanning (M-08), HR-direktören: Pågående enligt plan (grön), " \
        "helårsprognos 4,5 mnkr. Sent svar." in papers.section(told_now, "Ändringar efter låsningen"), told_now
    another_proposal(daemon, text)
    # So is what became of it: who handed it over, and what was decided.
    daemon.tell("submit", "RS-T2", "/people/rd", reference="RS 2026/9")
    daemon.tell("outcome", "RS-T2", "/people/stod", outcome="noted", reference="RS § 71")
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert (report["outcome"]["outcome"], report["outcome"]["reference"]) == ("noted", "RS § 71"), report["outcome"]
    text_now = daemon.client("report", "RS-T2", text=True)
    assert papers.section(text_now, "Ärendets gång") == [
        "- Överlämnat till regionstyrelsen den 22 september 2026 (RS 2026/9)",
        "- Regionstyrelsen noterade redovisningen den 22 september 2026 (RS § 71)"], text_now
    # The board's copy doesn't say until when it was to be handed in, nor has it a history before there is any.
    as_frozen = daemon.client("report", "RS-T2", "--frozen", "--format", "md", text=True)
    assert "Handlingarna" not in as_frozen and "Ärendets gång" not in as_frozen, as_frozen
    assert report["submitted_at"] and [step["what"] for step in report["history"]] == ["submitted", "noted"], report
    assert frozen(daemon)[0] == text and daemon.order("verify")["rows"] == []


def another_proposal(daemon, text):
    """What is proposed is part of what was frozen: another is told as a change, in every form."""
    before = daemon.client("report", "RS-T2", "--format", "json")
    daemon.client("propose", "RS-T2", "-", "--as", "stod", stdin="Regionstyrelsen beslutar\n\natt *godkänna* den.\n")
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert report["proposal"] == before["proposal"] == "Regionstyrelsen beslutar\n\natt notera redovisningen."
    proposal, *rest = report["since_frozen"]
    assert proposal == {"measure": None, "was": {"proposal": before["proposal"]},
                        "is": {"proposal": "Regionstyrelsen beslutar\n\natt *godkänna* den."}}, proposal
    assert rest == before["since_frozen"] and frozen(daemon)[0] == text
    shown = daemon.client("report", "RS-T2", text=True)
    assert "att notera redovisningen." in papers.section(shown, "Förslag till beslut")
    assert papers.section(shown, "Ändringar efter låsningen")[-3:] == [
        "Förslaget till beslut har ändrats. Det lyder nu:", "Regionstyrelsen beslutar",
        r"att \*godkänna\* den."], shown
    word = daemon.folder / "now.docx"
    daemon.client("report", "RS-T2", "--format", "docx", "-o", word, text=True)
    for other in (papers.of_word(docx.Document(word)),
                  papers.of_html(daemon.client("report", "RS-T2", "--format", "html", text=True))):
        papers.compare(papers.of_markdown(shown), other, "with another proposal")


def whoever_is_responsible_gets_it(box):
    plan, daemon = seen(box, until="2026-09-01T09:00")
    (row,) = [row for row in daemon.query("forecast", **{"from": "2026-09-21", "until": "2026-09-21"})
              if row["kind"] == "rereport"]
    assert (row["to"], row["items"][0]["deadline"]) == ("rd", "RS-T2"), row
    daemon.until("2026-09-21T09:00")
    (mail,) = [mail for mail in plan.sink.to("rd") if "låst" in mail.subject]
    # It is told what is to be done next: it has not been handed in.
    assert "Lämna nu in den, med hänvisning till paragraf eller diarienummer." in " ".join(mail.text.split()), mail.text
    attached = [part for part in mail.message.walk() if part.get_filename() == "RS-T2.docx"]
    assert len(attached) == 1, mail
    word = attached[0].get_payload(decode=True)
    path = daemon.folder / "frozen.docx"
    daemon.client("report", "RS-T2", "--frozen", "--format", "docx", "-o", path, text=True)
    assert path.read_bytes() == word
    text = daemon.client("report", "RS-T2", "--frozen", "--format", "md", text=True)
    papers.compare(papers.of_markdown(text), papers.of_word(docx.Document(io.BytesIO(word))), "frozen")
    assert zipfile.ZipFile(io.BytesIO(word)).testzip() is None


def who_answers_later_is_told_how_that_is_shown(box):
    plan, daemon = seen(box, until="2026-09-18T23:00")
    said = {who: daemon.client("preview", "reminder", "--person", who, "--item", "RS-T2", text=True) for who in ("hr", "rd")}
    assert not any("låst" in text for text in said.values()), said
    daemon.until("2026-09-21T07:00")
    for who, words in (("hr", "Redovisningen är låst. Ditt svar ändrar den inte, utan visas som en ändring."),
                       ("rd", "Redovisningen är låst. Lägesrapporter som kommer in nu ändrar den inte, utan visas som")):
        text = daemon.client("preview", "reminder", "--person", who, text=True)
        assert words in " ".join(text.split()), text
    # With another papers date it is to be frozen anew.
    daemon.tell("extend", "RS-T2", "/people/stod", due="2026-10-09", reference="RS § 2")
    assert "låst" not in daemon.client("preview", "reminder", "--person", "hr", text=True)


def when_it_is_handed_in_before(box):
    plan, daemon = seen(box, until="2026-09-15T10:00")
    daemon.tell("submit", "RS-T2", "/people/rd", reference="RS 2026/9")
    text, paper = frozen(daemon)
    assert paper["frozen_at"].startswith("2026-09-15T10:00:00"), paper["frozen_at"]
    answer(daemon)
    daemon.until("2026-09-22T09:00")
    (mail,) = [mail for mail in plan.sink.to("rd") if "låst" in mail.subject]
    assert "Du behöver inte göra något." in mail.text and "Lämna nu in" not in mail.text, mail.text
    assert frozen(daemon)[0] == text
    # Given back it is another paper, and what was frozen stays.
    daemon.tell("outcome", "RS-T2", "/people/stod", outcome="returned", reference="RS § 1", due="2026-10-09")
    assert daemon.client("report", "RS-T2", "--format", "json")["frozen_at"] is None
    daemon.until("2026-10-10T09:00")
    again, paper = frozen(daemon)
    assert again != text and paper["frozen_at"].startswith("2026-10-10T00:00:00"), paper["frozen_at"]
    daemon.stop()
    with sqlite3.connect(daemon.folder / "paminn.db") as store:
        kept = store.execute("SELECT n, content FROM frozen ORDER BY n").fetchall()
    assert kept == [(1, text), (2, again)], [n for n, _ in kept]


def not_with_a_hole(box):
    plan, daemon = seen(box, BODIES, MEASURES % "", DEADLINES % "", until="2026-09-21T09:00")
    daemon.client("report", "RS-T2", "--frozen", code=65, text=True)
    daemon.until("2026-09-23T09:00")
    told_of = [mail for mail in plan.sink.to("stod") if "Förslag till beslut saknas" in mail.subject]
    assert len(told_of) == 1, [mail.subject for mail in plan.sink.to("stod")]
    daemon.restart("2026-09-23T10:00")
    daemon.client("propose", "RS-T2", "-", "--as", "stod", stdin="Regionstyrelsen beslutar\n\natt notera.\n")
    _, paper = frozen(daemon)
    assert paper["frozen_at"].startswith("2026-09-23T10:00:00"), paper["frozen_at"]
    assert paper["proposal"] == "Regionstyrelsen beslutar\n\natt notera.", paper["proposal"]


def a_later_date_freezes_anew(box):
    plan, daemon = seen(box)
    first, _ = frozen(daemon)
    daemon.client("extend", "RS-T2", "--due", "2026-10-02", "--reference", "RS § 2")
    answer(daemon)
    daemon.until("2026-10-03T00:00")
    again, paper = frozen(daemon)
    assert paper["frozen_at"].startswith("2026-10-03T00:00:00") and again != first, paper
    daemon.kill()
    daemon.restart("2026-10-03T00:01")
    assert frozen(daemon)[0] == again, "a paper is frozen once"


def undo_takes_the_freeze_back(box):
    """A slip of handing in: its paper is none, and what is handed in after it is."""
    plan, daemon = seen(box, until="2026-09-14T19:00")
    daemon.client("submit", "RS-T2", "--reference", "RS 2026/9", "--as", "stod")
    daemon.settle()
    slip, _ = frozen(daemon)
    (row,) = [row for row in daemon.query("outbox", state="pending") if row["kind"] == "rereport"]
    daemon.client("undo", daemon.query("acts")[0]["seq"], "--as", "stod")
    daemon.settle()
    daemon.client("report", "RS-T2", "--frozen", code=65, text=True)
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert (report["frozen_at"], report["submitted_at"]) == (None, None), report
    assert not [row for row in daemon.query("outbox", state="pending") if row["kind"] == "rereport"]
    assert daemon.client("verify") == []
    daemon.until("2026-09-15T10:00")
    answer(daemon)
    daemon.until("2026-09-16T10:00")
    assert not [mail for mail in plan.sink.to("rd") if "låst" in mail.subject], "what was taken back has left"
    daemon.client("submit", "RS-T2", "--reference", "RS 2026/9", "--as", "stod")
    text, paper = frozen(daemon)
    assert paper["frozen_at"].startswith("2026-09-16T10:00:00") and text != slip, paper
    assert [row["effect_forecast"] for row in paper["rows"]] == [10000000, 4500000, None], paper["rows"]
    daemon.until("2026-09-21T10:00")
    (mail,) = [mail for mail in plan.sink.to("rd") if "låst" in mail.subject]
    assert frozen(daemon)[0] == text and daemon.client("verify") == []


def a_changed_byte_is_named(box):
    plan, daemon = seen(box)
    daemon.stop()
    with sqlite3.connect(daemon.folder / "paminn.db") as store:
        store.execute("UPDATE frozen SET content = replace(content, '12000000', '13000000')")
        anew(store)
    store.close()
    daemon.restart("2026-09-21T10:00")
    (difference,) = daemon.order("verify")["rows"]
    assert (difference["what"], difference["item"], difference["field"]) \
        == ("frozen paper", "RS-T2, number 1", "sha256"), difference
    # It is never handed out, under a hash that is not its own; the report goes on, and says so.
    for form in ((), ("--format", "md")):
        told_so = daemon.client("report", "RS-T2", "--frozen", *form, code=65, text=True)
        assert "RS-T2, number 1, does not match its hash" in told_so, told_so
    report = daemon.client("report", "RS-T2", "--format", "json")
    assert (report["frozen_at"], report["sha256"], report["frozen_lost"]) == (None, None, True), report
    told_so = daemon.client("report", "RS-T2", text=True)
    assert "Det underlag som låstes är skadat" in told_so and "SHA-256" not in told_so, told_so
    daemon.stop()
    with sqlite3.connect(daemon.folder / "paminn.db") as store:
        store.execute("DELETE FROM frozen")
    store.close()
    daemon.restart("2026-09-21T11:00")
    (difference,) = daemon.order("verify")["rows"]
    assert (difference["what"], difference["item"]) == ("frozen paper", "RS-T2, number 1"), difference
    assert "missing" in daemon.client("report", "RS-T2", "--frozen", code=65, text=True)



run(at_the_end_of_the_papers_date, whoever_is_responsible_gets_it, who_answers_later_is_told_how_that_is_shown,
    when_it_is_handed_in_before, not_with_a_hole, a_later_date_freezes_anew, undo_takes_the_freeze_back, a_changed_byte_is_named)
