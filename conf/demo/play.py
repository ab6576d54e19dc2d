# SPDX-License-Identifier: Apache-2.0
"""Plays the spring of 2026 in the region of conf/demo and checks that all went as it should. The
timeline below says when, what happens, and what is done then."""
import json
import shutil
import signal
import sys
import textwrap
from collections import Counter
from datetime import datetime, timedelta

from stage import ZONE, Stage, Trouble

START, END = "2026-04-22 08:00", "2026-05-22 09:00"
SPEED, FAST = 50000, 120000
GATHER = timedelta(minutes=45)
PROLOGUE = """On 22 April 2026 the regional executive board (RS) asks for an action plan back "in
May"; nobody knows yet on which day. Twelve measures have eight owners. One of them will be late,
one measure is off track, one owner needs help, one system reports by itself, and the committee
adopts the plan after the papers are due. A month passes in a minute."""
WIDTH = min(max(shutil.get_terminal_size((80, 24)).columns, 80), 100)
BOLD, DIM, PLAIN = ("\033[1m", "\033[2m", "\033[0m") if sys.stdout.isatty() else ("", "", "")


def report(person, measure, status, progress, achieved, forecast, *more):
    return ("--as", person, "status", measure, status, "--progress", str(progress),
            "--effect", str(achieved), "--forecast", str(forecast), *more)


def by_the_system(stage):
    stage.publish("HSN-10", status="on-track", progress=60, effect_achieved=5100000,
                  effect_forecast=15500000)
    stage.publish("HSN-11", status="at-risk", progress=35, effect_achieved=700000,
                  effect_forecast=3000000)


def forecast(stage):
    """What May would bring if nobody answered; kept to be compared with what comes."""
    stage.forecast = json.loads(stage.paminn("--json", "forecast", "--month", "2026-05"))
    kinds = Counter(row["kind"] for row in stage.forecast)
    command("stod-ledning$ paminn forecast --month 2026-05")
    command("  " + " and ".join(f"{count} {kind}s" for kind, count in kinds.most_common()))


TIMELINE = (
    ("2026-04-24 10:00", "RS has set its May meeting to 27-28 May. So far RS-58 was provisional.",
     ("--as", "stod-ledning", "meeting", "RS", "2026-05-27", "--until", "2026-05-28")),
    ("2026-04-30 07:50", "Ten working days before the papers date, Mon 18 May: the first "
     "reminders, one to each owner however many measures."),
    ("2026-04-30 10:00", "The head of acute care answers for both her measures.",
     report("chef-akut", "HSN-01", "on-track", 45, 4200000, 12500000),
     report("chef-akut", "HSN-02", "on-track", 70, 1500000, 4000000)),
    ("2026-04-30 13:00", "The economy system publishes what it knows; nobody types that in.",
     by_the_system),
    ("2026-05-04 09:00", "The meeting is moved, to 26-27 May: papers are due a working day sooner.",
     ("--as", "stod-ledning", "meeting", "RS", "2026-05-26", "--until", "2026-05-27",
      "--replaces", "2026-05-27")),
    ("2026-05-04 12:00", "What would May bring if nobody answered?", forecast),
    ("2026-05-05 10:00", "Medicine answers.",
     report("chef-medicin", "HSN-03", "on-track", 40, 2600000, 9000000),
     report("chef-medicin", "HSN-04", "at-risk", 30, 1700000, 7000000)),
    ("2026-05-05 13:00", "Surgery answers too: off track, and told so at once.",
     report("chef-kirurgi", "HSN-05", "off-track", 15, 600000, 4000000,
            "--note", "Två salar står stilla i väntan på ny ventilation.")),
    ("2026-05-07 07:50", "Five working days before: whoever has not answered is reminded again."),
    ("2026-05-07 11:00", "Psychiatry asks for support.",
     report("chef-psykiatri", "HSN-06", "at-risk", 25, 300000, 2500000,
            "--needs-support", "Hjälp att välja plattform och att utbilda två enheter.")),
    ("2026-05-11 10:00", "Primary care answers, and the service unit for its own measure.",
     report("chef-primarvard", "HSN-08", "on-track", 50, 1900000, 5000000),
     report("chef-primarvard", "HSN-09", "done", 100, 2500000, 2500000),
     report("chef-service", "HSN-12", "not-started", 0, 0, 1800000)),
    ("2026-05-12 10:00", "The tertial report is handed over in time.",
     ("--as", "ekonomichef", "submit", "T1-2026", "--reference", "HSN 2026/0163")),
    ("2026-05-18 07:50", "Friday was the papers date. Imaging is late, and its director is told; "
     "the presidium is late too, and the chair of RS is told."),
    ("2026-05-18 10:00", "Imaging answers.",
     report("chef-bild", "HSN-07", "at-risk", 20, 800000, 5000000,
            "--note", "Två av fyra granskare är på plats.")),
    ("2026-05-18 13:00", "The committee meets on 21 May, after the papers date: an extension.",
     ("--as", "stod-ledning", "extend", "RS-58", "--due", "2026-05-21",
      "--reference", "RS 2026/0217", "--reason", "Nämnden fastställer planen den 21 maj.")),
    ("2026-05-21 14:00", "The committee has adopted report and plan; the presidium hands over.",
     ("--as", "stod-ledning", "note", "T1-2026", "Fastställd, HSN 2026-05-21 § 70."),
     ("--as", "hsn-presidium", "submit", "RS-58", "--reference", "HSN 2026-05-21 § 70")),
)


# ---- telling -------------------------------------------------------------------------------------

def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def when(at):
    return f"{at:%a} {at.day:2} {at:%b %H:%M}"


def heading(text):
    print(f"\n{BOLD}{text}{PLAIN}\n")


def tell(at, text, style=""):
    """One paragraph beside its instant."""
    lines = textwrap.wrap(text, WIDTH - 18, break_on_hyphens=False)
    for number, line in enumerate(lines):
        print(f"{when(at) if number == 0 else '':16}  {style}{line}{PLAIN if style else ''}")
    sys.stdout.flush()


def command(text):
    for line in textwrap.wrap(text, WIDTH - 18, subsequent_indent="    ", break_on_hyphens=False):
        print(f"{'':18}{DIM}{line}{PLAIN}", flush=True)


class Player:
    def __init__(self, stage):
        self.stage, self.told = stage, 0

    def tell_mails(self, now):
        """The mails that have come, those of one minute in one paragraph once that is over."""
        mails = self.stage.mail_server.mails
        while self.told < len(mails) and now - mails[self.told].when > GATHER:
            first = mails[self.told]
            same = []
            while self.told < len(mails) and when(mails[self.told].when) == when(first.when):
                same.append(mails[self.told].to)
                self.told += 1
            count = "1 mail" if len(same) == 1 else f"{len(same)} mails"
            tell(first.when, f"{count} to {', '.join(dict.fromkeys(same))}", DIM)

    def wait_until(self, at):
        while (now := self.stage.now()) < at:
            self.tell_mails(now)
        self.tell_mails(now)
        return now

    def act(self, action):
        if callable(action):
            action(self.stage)
            return
        self.stage.paminn(*action)
        words = [f"'{word}'" if " " in word else word for word in action[2:]]
        command(f"{action[1]}$ paminn " + " ".join(words))

    def play(self):
        for at, text, *actions in TIMELINE:
            tell(self.wait_until(instant(at)), text)
            for action in actions:
                self.act(action)
        self.wait_until(instant(END))
        self.stage.settle()
        self.tell_mails(self.stage.now())


def show_mails(mails, posts):
    heading(f"The {len(mails)} mails (and {len(posts)} posts to the webhook)")
    before = None
    for mail in mails:
        if when(mail.when) != before:
            before = when(mail.when)
            print(before)
        print(textwrap.fill(f"  {mail.to:16} {mail.subject}", WIDTH, subsequent_indent=" " * 19))


def show_one(mail):
    heading("One of them in full, as its reader sees it")
    for name, value in (("Från", mail.sender), ("Till", mail.receiver), ("Ämne", mail.subject)):
        print(f"  {name}: {value}")
    print()
    for line in mail.text.rstrip().splitlines():
        for part in textwrap.wrap(line, WIDTH - 2, break_long_words=False) or [""]:
            print(f"  {part}")


def millions(value):
    return "–" if value is None else f"{value / 1e6:.1f}"


def show_report(document):
    heading(f"The re-report {document['deadline']}, {document['title']}")
    print(f"  {'measure':8} {'owner':15} {'status':11} {'done':>5} {'planned':>8} {'achieved':>8}"
          f" {'forecast':>8} {'asked':>5}")
    for row in document["rows"]:
        progress = "–" if row["progress"] is None else f"{row['progress']} %"
        print(f"  {row['measure']:8} {row['owner']:15} {row['status'] or 'no answer':11}"
              f" {progress:>5} {millions(row['effect_planned']):>8}"
              f" {millions(row['effect_achieved']):>8} {millions(row['effect_forecast']):>8}"
              f" {row['asked']:>5}")
    sums = [millions(sum(row[key] or 0 for row in document["rows"]))
            for key in ("effect_planned", "effect_achieved", "effect_forecast")]
    print(f"  {'MSEK':42} {sums[0]:>8} {sums[1]:>8} {sums[2]:>8}")
    print(f"\n  Due {document['due']}, papers {document['papers']}. In full: paminn report RS-58")


def show_why(rows):
    heading("paminn why HSN-06 chef-psykiatri: each reminder, sent or not, with the reason")
    for row in rows:
        at = datetime.fromisoformat(row["when"]).astimezone(ZONE)
        print(textwrap.fill(f"{when(at)}  {row['step'] or '–':6} {row['decision']:11} "
                            f"{row['reason']}", WIDTH, subsequent_indent=" " * 37,
                            break_on_hyphens=False))


# ---- checking ------------------------------------------------------------------------------------

def check(stage, document):
    """What should have happened and did not."""
    mails, posts = stage.mail_server.mails, stage.hook.posts
    owners = ["akut", "bild", "kirurgi", "lakemedel", "medicin", "primarvard", "psykiatri",
              "service"]

    def days(to, *words):
        return [f"{mail.when.day}/{mail.when.month}" for mail in mails
                if mail.to == to and all(word in mail.subject for word in words)]

    def answered(measure):
        return [row["asked"] for row in document["rows"] if row["measure"] == measure]

    def between(mail, first, last):
        return instant(first) < mail.when < instant(last)

    announced = {(when(datetime.fromisoformat(row["when"]).astimezone(ZONE)), row["to"])
                 for row in stage.forecast}
    support = ["stod-ekonomi", "stod-hr", "stod-digital", "stod-ledning"]
    states = [row["state"] for row in json.loads(stage.paminn("--json", "outbox"))]
    expected = (
        ("every owner is reminded ten working days before the papers date, 30 April",
         all(days(f"chef-{owner}", "HSN-")[:1] == ["30/4"] for owner in owners)),
        ("who has answered is reminded no more", all(
            len(days(f"chef-{owner}", "HSN-")) == 1 for owner in ("akut", "medicin", "lakemedel",
                                                                 "kirurgi"))),
        ("the late one is asked five times", days("chef-bild", "HSN-07") ==
         ["30/4", "7/5", "12/5", "15/5", "18/5"] and answered("HSN-07") == [5]),
        ("every reminder of May up to the extension was in the forecast of 4 May",
         all((when(mail.when), mail.to) in announced for mail in mails
             if between(mail, "2026-05-04 12:00", "2026-05-18 13:00")
             and mail.subject.startswith(("Påminnelse", "För kännedom: l")))),
        ("the day after the papers date, 18 May, the manager is told of the late one",
         "18/5" in days("hsd", "HSN-07")),
        ("and of nobody else", days("hsd", "väntas") == ["18/5"]),
        ("those concerned are told once when the meeting is set and once when it is moved",
         days("registrator", "RS-58", "datum") == ["24/4", "4/5", "18/5"]
         and len(days("chef-bild", "RS-58", "datum")) == 1),
        ("the manager is told that HSN-05 is off track", "5/5" in days("hsd", "HSN-05")),
        ("and the economist that its forecast is low", "5/5" in days("stod-ekonomi", "HSN-05")),
        ("the support function is asked for help", all("7/5" in days(each, "HSN-06")
                                                       for each in support)),
        ("the webhook is told of both, signed",
         {item["measure"] for post in posts for item in post["items"]} == {"HSN-05", "HSN-06"}
         and not stage.hook.forged),
        ("the presidium is reminded after the extension", "21/5" in days("hsn-presidium", "RS-58")),
        ("those to be informed are told when the tertial report is handed over",
         "12/5" in days("registrator", "T1-2026") and "12/5" in days("hsn-presidium", "T1-2026")),
        ("and when the re-report is", "21/5" in days("registrator", "RS-58")
         and "21/5" in days("regiondirektor", "RS-58")),
        ("every measure has an answer", len(document["rows"]) == 12
         and all(row["status"] for row in document["rows"])),
        ("every message has been delivered", set(states) <= {"delivered", "dropped"}
         and states.count("delivered") == len(mails) + len(posts)),
        ("every mail has left on a working day, between 07:30 and 17:00",
         all(mail.when.weekday() < 5 and "07:30" <= f"{mail.when:%H:%M}" < "17:00"
             for mail in mails)),
    )
    return len(expected), [text for text, true in expected if not true]


def end(stage):
    document = json.loads(stage.paminn("--json", "report", "RS-58"))
    mails = stage.mail_server.mails
    show_mails(mails, stage.hook.posts)
    to_imaging = [mail for mail in mails if mail.to == "chef-bild" and "HSN-07" in mail.subject]
    if len(to_imaging) > 1:
        show_one(to_imaging[1])
    show_report(document)
    show_why(json.loads(stage.paminn("--json", "why", "HSN-06", "chef-psykiatri")))
    count, missing = check(stage, document)
    heading(f"{count - len(missing)} of {count} things that should have happened did")
    for text in missing:
        print(f"  It is not so that {text}.")
    return 1 if missing else 0


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    speed = FAST if "--fast" in sys.argv else SPEED
    print(textwrap.fill(PROLOGUE, WIDTH) + "\n", flush=True)
    stage = Stage()
    try:
        stage.start(instant(START), speed)
        Player(stage).play()
        return end(stage)
    except Trouble as trouble:
        print(f"demo: {trouble}", file=sys.stderr)
        return 70
    except KeyboardInterrupt:
        return 130
    finally:
        stage.close("--keep" in sys.argv)


sys.exit(main())
