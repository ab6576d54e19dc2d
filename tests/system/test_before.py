#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A plan with nothing of paminn-rules(7)'s "Decisions all the way" in it gives what the version before
that chapter gave, byte for byte: the forecast of a year, every mail, every webhook, lists and
re-reports, of three plans that live through a spring.

tests/system/before/NAME/ has a plan as it was then (the large one is made here), and said.xz what came
of it: `xzcat` shows it. A difference is a fault of what was changed, unless words were meant to change;
then said.xz is written anew with --write, and the difference (git diff, with *.xz diff=xz among the
attributes and xzcat as that driver's textconv) is what people will notice."""
import base64
import difflib
import hashlib
import json
import lzma
import quopri
import re
import shutil
import sys
from datetime import date, timedelta

from harness import ROOT, HookSink, Plan, SmtpSink, free_ports, run

BEFORE = ROOT / "tests/system/before"
WRITE = "--write" in sys.argv
PAGES = "https://paminn.region.example"  # what links begin with, whatever the port
OPENING = ("2026-04-23T08:00", "2026-12-31")


def readable(text):
    """A mail with the encodings of its parts undone, so that a difference can be read."""
    def read(part):
        undo = base64.b64decode if part[2] == "base64" else quopri.decodestring
        return part[1] + undo(part[3].encode()).decode() + part[4]
    return re.sub(r"^(Content-Transfer-Encoding: (base64|quoted-printable)\n(?:[^\n]+\n)*\n)(.*?)(\n--=_)",
                  read, text, flags=re.M | re.S).replace("\r\n", "\n")


def mails(sink):
    """Each as it can be read, and what its bytes are. A store's name, which is drawn by lot, is in those
    of its messages, and so is what signs them."""
    for mail in sorted(sink.mails, key=lambda mail: (mail.when, mail.person, mail.id)):
        raw = mail.raw.decode("ascii").replace("\r\n", "\n")
        name = re.search(r"^List-Id: .*<paminn\.([0-9a-f]{16})\.", raw, re.M)[1]
        raw = re.sub(rf"({name}\.\d+)-0-[a-z2-7]{{24}}@", r"\1@", raw).replace(name, "STORE")
        text = readable(raw).replace(name, "STORE")
        bytes_of = hashlib.sha256(re.sub(r"^Content-Transfer-Encoding: base64\n.*?\n--=_", "", raw,
                                         flags=re.M | re.S).encode()).hexdigest()
        yield (f"mail to {mail.to}, {mail.when:%Y-%m-%d %H:%M:%S}",
               f"{text.rstrip()}\nSHA-256 of all but the calendar entry: {bytes_of}")


def posts(hook):
    """Without webhook-timestamp, which is the real time."""
    for headers, body in sorted(hook.posts, key=lambda post: (post[1]["time"], post[1]["id"])):
        text = (f"{headers['webhook-id']}\n{headers['Content-Type']}\n"
                + json.dumps(body, ensure_ascii=False, indent=1))
        yield f"webhook, {body['time']}", re.sub(r"msg_[0-9a-f]{16}", "msg_STORE", text)


class Story:
    """A rehearsal of a plan, told instant by instant."""

    def __init__(self, box, plan, sink, hook=None):
        self.sink, self.hook, self.told, self.count = sink, hook, [], 0
        self.daemon = box.daemon(plan, OPENING[0], start=False)
        self.check()
        self.daemon.start()
        self.forecast()

    def tell(self, heading, text):
        self.told.append(f"==== {heading}\n{text.rstrip()}\n")

    def ask(self, *arguments):
        self.tell("paminn " + " ".join(arguments), self.daemon.client(*arguments, text=True))

    def why(self, item):
        """Of what was decided for one instant the order is that of the deliveries."""
        rows = self.daemon.client("why", item)
        self.tell(f"paminn why {item}",
                      "\n".join(sorted(json.dumps(row, ensure_ascii=False) for row in rows)))

    def check(self):
        done = self.daemon.check()
        said = (done.stdout + done.stderr).replace(str(self.daemon.folder), "")
        said = said.replace(f"127.0.0.1:{self.sink.port}", "127.0.0.1:SMTP")
        self.tell(f"paminnd --check, exit {done.returncode}", said)

    def at(self, instant, *events):
        """Each event is (source, type, subject, data); what is answered is told too."""
        self.daemon.until(instant)
        for source, kind, subject, data in events:
            self.count += 1
            answer = self.daemon.ask({
                "specversion": "1.0", "id": f"before-{self.count}", "source": source,
                "type": f"paminn.{kind}", "subject": subject, "data": data})
            self.tell(f"{instant} {source} {kind} {subject} {data}", str(answer))
            self.daemon.settle()  # so that each event has messages of its own

    def look(self, *deadlines, measures=(), people=()):
        """All that can be asked for at this instant."""
        self.ask("list")
        self.ask("list", "--all", "--json")
        for deadline in deadlines:
            for format in ("md", "csv", "json"):
                self.ask("report", deadline, "--format", format)
            self.ask("show", deadline)
            self.ask("show", deadline, "--json")
            self.why(deadline)
        for measure in measures:
            self.ask("show", measure, "--json")
            self.why(measure)
        for person in people:
            self.ask("show", person)
            self.ask("show", person, "--json")

    def forecast(self):
        self.ask("forecast", "--from", OPENING[0][:10], "--until", OPENING[1])
        self.ask("forecast", "--from", OPENING[0][:10], "--until", OPENING[1], "--json")

    def end(self):
        for heading, text in (*mails(self.sink), *(posts(self.hook) if self.hook else ())):
            self.tell(heading, text)
        return "\n".join(self.told)


def compare(name, text):
    kept = BEFORE / name / "said.xz"
    if WRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(lzma.compress(text.encode(), preset=9))
        return
    was = lzma.decompress(kept.read_bytes()).decode()
    for then, now in zip(blocks(was), blocks(text)):
        assert then == now, f"{name}, {then.splitlines()[0]}:\n" + "\n".join(difflib.unified_diff(
            then.splitlines(), now.splitlines(), "the version before", "this version", lineterm=""))
    assert was == text, f"{name}: one tells more than the other"


def blocks(text):
    return re.split(r"^(?=====)", text, flags=re.M)


# ---- the plan to begin from, with its holes filled -----------------------------------------------

def a_plan_to_begin_from(box):
    plan, sink = plan_of_files(box, "example")
    story = Story(box, plan, sink)
    story.look("RS-58", measures=["HSN-01"], people=["director"])
    story.at("2026-05-04T09:00",
             ("/people/support", "meeting", "RS", {"from": "2026-05-26", "until": "2026-05-27"}))
    story.forecast()
    story.at("2026-05-13T09:00", ("/people/chef-akut", "status", "HSN-01", {
        "status": "off-track", "progress": 20, "effect_achieved": -150000,
        "effect_forecast": 8000000, "needs_support": "Två tjänster.", "note": "Försenad start."}))
    story.at("2026-05-22T09:00", ("/people/support", "submit", "RS-58", {"reference": "HSN § 70"}))
    story.look("RS-58", measures=["HSN-01"], people=["director"])
    story.at("2026-05-27T17:00",
             ("/people/support", "outcome", "RS-58", {"outcome": "noted", "reference": "RS § 71"}))
    story.at("2026-06-30T17:00")
    story.look("RS-58", measures=["HSN-01"], people=["director"])
    compare("example", story.end())


class Files:
    """A plan that is not written, but lies in a folder."""

    def __init__(self, folder):
        self.submit = f"ipc://{folder}/submit.sock"

    def write(self):
        pass


def plan_of_files(box, name):
    for file in (BEFORE / name).glob("*.conf"):
        shutil.copy(file, box.folder)
    sink = box.keep(SmtpSink())
    conf = box.folder / "paminnd.conf"
    text = conf.read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:2525", f"127.0.0.1:{sink.port}")
    text = text.replace("127.0.0.1:7780", f"127.0.0.1:{free_ports(1)[0]}")
    conf.write_text(text, encoding="utf-8")
    keep_secret(box.folder)
    return Files(box.folder), sink


def keep_secret(folder):
    secret = folder / "web.secret"
    secret.touch(mode=0o600)
    secret.write_text("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")


# ---- the demo's plan, as it was ------------------------------------------------------------------

def the_demos_plan(box):
    plan, sink = plan_of_files(box, "demo")
    hook = box.keep(HookSink())
    hook.secret_file(box.folder)
    conf = box.folder / "paminnd.conf"
    conf.write_text(conf.read_text(encoding="utf-8").replace("127.0.0.1:8080",
                    f"127.0.0.1:{hook.server.server_port}"), encoding="utf-8")
    story = Story(box, plan, sink, hook)
    steward = "/people/stod-ledning"

    def status(person, measure, status, progress, achieved, forecast, **more):
        return (f"/people/{person}", "status", measure,
                {"status": status, "progress": progress, "effect_achieved": achieved,
                 "effect_forecast": forecast, **more})
    story.at("2026-04-24T10:00",
             (steward, "meeting", "RS", {"from": "2026-05-27", "until": "2026-05-28"}))
    story.at("2026-04-30T09:00",
             status("chef-akut", "HSN-01", "on-track", 45, 4200000, 12500000),
             status("chef-akut", "HSN-02", "on-track", 70, 1500000, 4000000),
             ("/systems/ekonomi", "status", "HSN-10", {"status": "on-track", "progress": 60,
              "effect_achieved": 5100000, "effect_forecast": 15500000}))
    story.at("2026-05-04T09:00", (steward, "meeting", "RS", {
        "from": "2026-05-26", "until": "2026-05-27", "replaces": "2026-05-27"}))
    story.at("2026-05-04T11:00", ("/people/chef-primarvard", "absence", "chef-primarvard", {
        "from": "2026-05-05", "until": "2026-05-08", "deputy": "chef-akut"}))
    story.forecast()
    story.at("2026-05-05T09:00",
             status("chef-kirurgi", "HSN-05", "off-track", 15, 600000, 4000000,
                    note="Två salar står stilla i väntan på ny ventilation."),
             status("chef-medicin", "HSN-03", "on-track", 40, 2600000, 9000000),
             status("chef-medicin", "HSN-04", "at-risk", 30, 1700000, 7000000))
    story.at("2026-05-07T10:00",
             status("chef-psykiatri", "HSN-06", "at-risk", 25, 300000, 2500000,
                    needs_support="Hjälp att välja plattform och att utbilda två enheter."),
             ("/people/chef-service", "seen", "HSN-12", {"answer_by": "2026-05-12"}),
             ("/people/chef-bild", "assign", "HSN-07", {"owner": "chef-medicin"}))
    story.at("2026-05-11T09:00",
             status("chef-primarvard", "HSN-09", "done", 100, 2500000, 2500000))
    story.at("2026-05-12T09:00",
             ("/people/ekonomichef", "submit", "T1-2026", {"reference": "HSN 2026/0163"}),
             ("/people/hsn-presidium", "submit", "RS-LOP", {"reference": "HSN 2026/0170"}))
    story.at("2026-05-13T09:30",
             (steward, "outcome", "T1-2026", {"outcome": "returned", "due": "2026-05-19",
                                              "reference": "HSN AU 2026-05-13 § 24"}))
    story.at("2026-05-18T08:30")
    story.look("RS-58", "T1-2026", "RS-LOP", measures=["HSN-07"], people=["chef-bild"])
    story.at("2026-05-18T09:00",
             (steward, "extend", "RS-58", {"due": "2026-05-21", "reference": "RS 2026/0217",
              "reason": "Nämnden fastställer planen den 21 maj."}))
    story.at("2026-05-19T09:00",
             ("/people/ekonomichef", "submit", "T1-2026", {"reference": "HSN 2026/0163-2"}))
    story.at("2026-05-21T09:00",
             ("/people/hsn-presidium", "submit", "RS-58", {"reference": "HSN 2026-05-21 § 70"}),
             (steward, "outcome", "T1-2026", {"outcome": "approved",
                                              "reference": "HSN 2026-05-21 § 70"}))
    story.at("2026-05-26T11:00",
             (steward, "outcome", "RS-58", {"outcome": "noted", "reference": "RS § 71"}))
    story.at("2026-06-01T09:00")
    story.look("RS-58", "T1-2026", "RS-LOP", "LAGE", measures=["HSN-07", "HSN-12"],
               people=["chef-bild"])
    story.forecast()
    story.at("2026-07-01T17:00")
    compare("demo", story.end())


# ---- a large one ---------------------------------------------------------------------------------

def large_plan(box):
    """32 measures of 12 owners under four managers, three series, four deadlines of one date."""
    plan = Plan(box.folder)
    keep_secret(box.folder)
    plan.settings["web"] = {"listen": f"127.0.0.1:{free_ports(1)[0]}", "public_url": PAGES,
                            "secret_file": "web.secret"}
    plan.settings["mail"]["connections"] = 1  # so that one message leaves after the other
    plan.settings["calendar"]["closed"] = ["2026-05-15"]
    plan.settings["alerts"] = (
        {"when": "off-track", "to": ["manager"]}, {"when": "needs-support", "to": ["role:support"]},
        {"when": "effect-below", "percent": 80, "to": ["role:support"]})
    plan.add("bodies", "RS", name="Regionstyrelsen", papers="-7wd")
    plan.add("bodies", "HSN", name="Hälso- och sjukvårdsnämnden", papers="-5wd")
    for day in ("05-26", "06-16", "08-25", "09-29", "10-27", "11-24", "12-15"):
        plan.add("meetings", f"RS {day}", body="RS", **{"from": f"2026-{day}"})
    for day in ("04-28", "05-21", "06-11", "09-17", "12-10"):
        plan.add("meetings", f"HSN {day}", body="HSN", **{"from": f"2026-{day}"})
    for number in range(4):
        plan.add("people", f"chef{number}", name=f"Områdeschef {number}",
                 mail=f"chef{number}@region.internal", manager="direktor")
    for number in range(12):
        plan.add("people", f"p{number}", name=f"Enhetschef {number}",
                 mail=f"p{number}@region.internal", manager=f"chef{number % 4}",
                 **({"deputy": f"p{number - 1}"} if number % 3 == 0 and number else {}),
                 **({"language": "en"} if number % 5 == 0 else {}))
    for key, name, roles in (("direktor", "Regiondirektören", ["oversight"]),
                             ("stod", "Stöd och uppföljning", ["support", "steward"]),
                             ("reg", "Registrator", ["registrar"])):
        plan.add("people", key, name=name, mail=f"{key}@region.internal", roles=roles,
                 **({"manager": "direktor"} if key != "direktor" else {}))
    for number in range(32):
        plan.add("measures", f"{'AB'[number % 2]}-{number:03}", title=f"Åtgärd nummer {number}",
                 owner=f"p{number % 12}", decision=f"HSN 2026-02-12 § {number}",
                 **({"effect_planned": 100000 * number} if number % 7 else {}))
    for key, due, more in (
            ("RS-58", "meeting RS 2026-05", {"answers_from": ["A-*"], "require": ["effect_forecast"]}),
            ("LAGE", "2026-04-30", {"every": "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
                                    "answers_from": ["A-0*", "B-0*"], "opens": "-15wd"}),
            ("LOP", "meeting RS next", {"every": "meeting RS", "answers_from": ["B-01*"]}),
            ("HSN-LOP", "meeting HSN next", {"every": "meeting HSN", "answers_from": ["A-00*"]}),
            ("NAMND", "meeting HSN 2026-07", {"answers_from": ["A-01*"]}),
            ("DELAR", "2026-10-31", {"round": "forward", "answers_from": ["B-02*"]}),
            ("DAG", "2026-05-20 14:00", {"papers": "-1wd", "answers_from": ["B-03*"]}),
            ("MAN", "2026-06", {"answers_from": ["B-00*"]})):
        plan.add("deadlines", key, title=f"Redovisning {key}", due=due, decision=f"RS § {key}",
                 responsible="chef0", inform=["reg"], ladder="standard", **more)
    return plan


def a_large_one(box):
    plan = large_plan(box)
    sink = box.smtp(plan)
    story = Story(box, plan, sink)
    steward = "/people/stod"
    words = ("on-track", "at-risk", "off-track", "done", "cancelled", "not-started")
    day = date(2026, 4, 24)
    for number in range(32):
        measure = f"{'AB'[number % 2]}-{number:03}"
        day += timedelta(days=1)
        data = {"status": words[number % 6], "progress": number * 2,
                "effect_forecast": 90000 * number, "note": f"Läget {number}"}
        if number % 4 == 1:
            data["needs_support"] = f"Stöd {number}"
        if number % 6 == 5:
            del data["effect_forecast"]
        events = [(f"/people/p{number % 12}", "status", measure, data)]
        if number == 3:
            events.append((steward, "absence", "p6", {"from": "2026-04-28", "until": "2026-05-22"}))
            events.append((steward, "absence", "p7", {"from": "2026-05-04", "until": "2026-05-08"}))
        if number == 9:
            events.append((steward, "meeting", "RS", {"from": "2026-06-09", "replaces": "2026-06-16"}))
            events.append((steward, "meeting", "HSN", {"from": "2026-06-11", "replaces": "2026-06-11",
                                                      "cancelled": True}))
        if number == 12:
            events.append((steward, "extend", "B-031", {"deadline": "DAG", "due": "2026-05-29",
                                                         "reference": "RS 2026/1"}))
            events.append((steward, "extend", "RS-58", {"due": "2026-05-22", "reference": "RS 2026/2"}))
            events.append((steward, "assign", "A-012", {"owner": "p5"}))
            events.append(("/people/p2", "seen", "A-014", {"answer_by": "2026-05-12"}))
        if number == 20:
            events.append((steward, "submit", "DAG", {"reference": "HSN 2026/3"}))
            events.append((steward, "submit", "LOP", {"reference": "HSN 2026/4"}))
        if number == 23:
            events.append((steward, "outcome", "DAG", {"outcome": "returned", "due": "2026-06-05",
                                                        "reference": "RS § 4"}))
            events.append((steward, "outcome", "LOP@2026-05-26", {"outcome": "approved",
                                                                   "reference": "RS § 5"}))
            events.append((steward, "note", "A-010", {"note": "En anteckning"}))
        story.at(f"{day}T{9 + number % 7:02}:00", *events)
        if number == 22:
            story.look("RS-58", "DAG", measures=["A-012", "B-031"], people=["p6"])
    story.forecast()
    story.at("2026-07-10T17:00")
    story.look("RS-58", "LOP", "LAGE@2026-05-29", "DAG", "HSN-LOP", "NAMND", measures=["A-012"],
               people=["p6"])
    compare("large", story.end())


if WRITE:
    sys.argv.remove("--write")
run(a_plan_to_begin_from, the_demos_plan, *([a_large_one] if WRITE else []), long=[] if WRITE else [a_large_one])
