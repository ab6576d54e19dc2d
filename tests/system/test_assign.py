#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Who gets it: `assign`: the new owner gets one message naming the date instead of past
steps; the old one is told. It outranks the file until the file's own value changes."""
from harness import run


def handed_over(box):
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.until("2026-05-07T12:00")
    daemon.restart("2026-05-08T10:00")
    assert daemon.client("assign", "TN-1", "nemo", code=65, text=True).count("nemo")
    assert daemon.client("assign", "TN-1", "bo")["result"] == "accepted"
    daemon.restart("2026-05-08T10:00")
    daemon.until("2026-05-11T12:00")
    (told,), (taken,) = sink.to("anna")[1:], sink.to("bo")[1:]
    assert "inte längre" in told.text and "Bo Alm" in told.text, told.text
    # The client said /local/LOGIN: nobody's name, and a login is not for a public record.
    assert "Tilldel" not in taken.text + (taken.html or ""), taken.text
    for words in ("TN-1", "13 maj 2026", "15 maj 2026", "26 maj 2026", "paminn status TN-1"):
        assert words in taken.text, taken.text
    daemon.plan.people["anna"]["name"] = "Anna Ek-Lind"
    daemon.plan.write()
    assert daemon.order("reload")["result"] == "ok"
    assert daemon.obligation("KS-1", "TN-1")["owner"] == "bo"
    daemon.until("2026-05-12T12:00")
    assert len(sink.to("anna")) == 2
    mail = sink.to("bo")[-1]
    assert "TN-1" in mail.text and "TN-2" in mail.text, mail.text
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 2


def not_mine(box):
    """Whoever is asked says so; support hears of it, and who assigned it, and nothing else happens."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-08T10:00")
    assert daemon.client("assign", "TN-1", "bo", "--as", "mona")["result"] == "accepted"
    daemon.until("2026-05-11T10:00")
    before = daemon.query("list", all=True)
    said = ("note", "TN-1", "Den flyttades till Anna.", "--not-mine", "--as", "bo")
    assert daemon.client(*said)["result"] == "accepted"
    daemon.until("2026-05-11T11:00")
    for person in ("stina", "mona"):
        (mail,) = [each for each in sink.to(person) if f"{each.when:%m-%d %H}" == "05-11 10"]
        for words in ("Bo Alm uppger", "TN-1", "Färre inhyrda", "Den flyttades till Anna.",
                      "paminn assign TN-1"):
            assert words in " ".join(mail.text.split()), mail.text
            assert words in " ".join(mail.html.split()), mail.html
        assert "TN-1" in mail.subject and "Alm" not in mail.subject, mail.subject
    assert daemon.query("list", all=True) == before
    assert "not theirs" in daemon.client("why", "TN-1", text=True)


run(handed_over, not_mine)
