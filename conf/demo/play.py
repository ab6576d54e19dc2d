# SPDX-License-Identifier: Apache-2.0
"""Plays the spring of 2026 in the region of conf/demo and checks that all went as it should. The
timeline below says when, what happens, and what is done then."""
import json
import shutil
import signal
import sys
import textwrap
from collections import Counter, namedtuple
from datetime import datetime, timedelta
from itertools import groupby

from stage import ZONE, Stage, Trouble

START, END = "2026-04-23 08:00", "2026-06-01 09:00"
SPEED = 100000
GATHER = timedelta(minutes=20)
PROLOGUE = """On 22 April 2026 the regional executive board (RS) asks for an action plan back "in
May" (RS-58); nobody knows yet on which day. The presidium of the health-care committee (HSN) is to
report to each of the board's meetings from now on (RS-LOP), and the measures are followed month by
month (LAGE). Twelve measures have eight owners: one will be late, one is away, one promises an
answer, one needs help; one measure is off track, and a system reports by itself. A prompt says who
types: chef-... are owners, heads of unit; stod-... is the support function. Six weeks pass in half
a minute."""
WIDTH = min(max(shutil.get_terminal_size((80, 24)).columns, 80), 100)
BOLD, DIM, PLAIN = ("\033[1m", "\033[2m", "\033[0m") if sys.stdout.isatty() else ("", "", "")

Quote = namedtuple("Quote", "reader words")  # what somebody's newest mails are to say


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


def what_comes(stage):
    """The next occurrences, as June's forecast has them."""
    stage.june = json.loads(stage.paminn("--json", "forecast", "--month", "2026-06"))
    command("stod-ledning$ paminn forecast --month 2026-06")
    messages = Counter((when(local(row["when"])), row["kind"], row["items"][0]["deadline"])
                       for row in stage.june)
    for (at, kind, deadline), count in messages.items():
        command(f"  {at}  {count} {kind}{'s' if count > 1 else ''} about {deadline}")


TIMELINE = (
    ("2026-04-24 10:00", "RS sets its May meeting to 27-28 May. Papers are due seven working days "
     "before, on Mon 18 May; so far RS-58 was provisional. The presidium's report to that meeting "
     "comes into being and is called RS-LOP@2026-05-27.",
     ("--as", "stod-ledning", "meeting", "RS", "2026-05-27", "--until", "2026-05-28")),
    ("2026-04-30 07:50", "Ten working days before the papers date: the first reminders, one to "
     "each owner however many measures."),
    ("2026-04-30 09:00", "The head of acute care answers for both measures.",
     report("chef-akut", "HSN-01", "on-track", 45, 4200000, 12500000),
     report("chef-akut", "HSN-02", "on-track", 70, 1500000, 4000000)),
    ("2026-04-30 11:00", "The economy system publishes what it knows; nobody types that in.",
     by_the_system),
    ("2026-05-04 09:00", "The meeting is moved, to 26-27 May: papers are due a working day sooner.",
     ("--as", "stod-ledning", "meeting", "RS", "2026-05-26", "--until", "2026-05-27",
      "--replaces", "2026-05-27")),
    ("2026-05-04 11:00", "Primary care will be away, and acute care stands in.",
     ("--as", "chef-primarvard", "absence", "chef-primarvard", "2026-05-05", "2026-05-08",
      "--deputy", "chef-akut")),
    ("2026-05-04 12:00", "What would May bring if nobody answered?", forecast),
    ("2026-05-05 09:00", "Medicine answers. So does surgery: off track, and told so at once.",
     report("chef-medicin", "HSN-03", "on-track", 40, 2600000, 9000000),
     report("chef-medicin", "HSN-04", "at-risk", 30, 1700000, 7000000),
     report("chef-kirurgi", "HSN-05", "off-track", 15, 600000, 4000000,
            "--note", "Två salar står stilla i väntan på ny ventilation.")),
    ("2026-05-07 07:50", "Five working days before: whoever has not answered is reminded again. "
     "Instead of primary care, who is away, it is the deputy:",
     Quote("chef-akut", "Du får den här påminnelsen i stället för Verksamhetschef primärvård.")),
    ("2026-05-07 10:00", "Psychiatry asks for support. Service can't tell before the 12th, and "
     "promises an answer: there will be no reminder until that day has passed.",
     report("chef-psykiatri", "HSN-06", "at-risk", 25, 300000, 2500000,
            "--needs-support", "Hjälp att välja plattform och att utbilda två enheter."),
     ("--as", "chef-service", "seen", "HSN-12", "--answer-by", "2026-05-12")),
    ("2026-05-11 09:00", "Primary care is back and answers.",
     report("chef-primarvard", "HSN-08", "on-track", 50, 1900000, 5000000),
     report("chef-primarvard", "HSN-09", "done", 100, 2500000, 2500000)),
    ("2026-05-12 09:00", "The tertial report is handed over in time, and so is the presidium's "
     "report to the May meeting; plain RS-LOP is the one whose turn it is.",
     ("--as", "ekonomichef", "submit", "T1-2026", "--reference", "HSN 2026/0163"),
     ("--as", "hsn-presidium", "submit", "RS-LOP", "--reference", "HSN 2026/0170")),
    ("2026-05-13 07:50", "The promised day has passed without an answer: one reminder.",
     Quote("chef-service", "Det här är påminnelsen efter den dag då svaret var utlovat.")),
    ("2026-05-13 09:30", "Service answers. The committee's working group sends the tertial report "
     "back: it is open anew, due on 19 May.",
     report("chef-service", "HSN-12", "not-started", 0, 0, 1800000),
     ("--as", "stod-ledning", "outcome", "T1-2026", "returned", "--reference",
      "HSN AU 2026-05-13 § 24", "--due", "2026-05-19"),
     Quote("ekonomichef", "har återlämnats och är öppen igen.")),
    ("2026-05-18 07:50", "Friday was the papers date. Imaging is late, and its director is told; "
     "the presidium is late with RS-58 too, and the chair of RS is told."),
    ("2026-05-18 09:00", "Imaging answers. The committee meets on 21 May, after the papers date: "
     "an extension, which needs a reference and does not hide the old date.",
     report("chef-bild", "HSN-07", "at-risk", 20, 800000, 5000000,
            "--note", "Två av fyra granskare är på plats."),
     ("--as", "stod-ledning", "extend", "RS-58", "--due", "2026-05-21",
      "--reference", "RS 2026/0217", "--reason", "Nämnden fastställer planen den 21 maj."),
     Quote("hsn-presidium", "Tidigare sista dag: fredag 15 maj 2026")),
    ("2026-05-19 09:00", "The tertial report, mended, is handed over again.",
     ("--as", "ekonomichef", "submit", "T1-2026", "--reference", "HSN 2026/0163-2")),
    ("2026-05-21 09:00", "The committee adopts report and plan; the presidium hands over.",
     ("--as", "stod-ledning", "outcome", "T1-2026", "approved", "--reference",
      "HSN 2026-05-21 § 70"),
     ("--as", "hsn-presidium", "submit", "RS-58", "--reference", "HSN 2026-05-21 § 70")),
    ("2026-05-26 11:00", "RS notes the re-report. That closes it.",
     ("--as", "stod-ledning", "outcome", "RS-58", "noted", "--reference", "RS 2026-05-26 § 71")),
    ("2026-05-29 07:50", "The next round of the presidium's report opens, to RS on 16 June. For "
     "the month of May nobody had to be asked: what was said for RS-58 answers that too."),
    ("2026-06-01 08:10", "The month of June opens. What will it bring?", what_comes),
)


# ---- telling -------------------------------------------------------------------------------------

def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def local(text):
    return datetime.fromisoformat(text).astimezone(ZONE)


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

    def quote(self, quote):
        """What somebody reads, once the mail has come and been told of."""
        end = self.stage.now() + timedelta(days=1)
        while not any(mail.to == quote.reader and quote.words in " ".join(mail.text.split())
                      for mail in self.stage.mail_server.mails[:self.told]):
            now = self.stage.now()
            self.tell_mails(now)
            if now > end:
                self.stage.unread.append(quote)
                return
        command(f"{quote.reader} reads: {quote.words}")

    def act(self, action):
        if isinstance(action, Quote):
            self.quote(action)
            return
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
    print("Påminnelse reminds, För kännedom tells somebody else, Nytt datum is a new date.\n")
    for at, same in groupby(mails, key=lambda mail: when(mail.when)):
        print(at)
        receivers = {}
        for mail in same:
            receivers.setdefault(mail.subject, []).append(mail.to)
        for subject, people in receivers.items():
            to = textwrap.wrap(", ".join(people), WIDTH - 2, break_on_hyphens=False)
            for line in to if len(people) > 1 else ():
                print(f"  {line}")
            print(textwrap.fill(subject, WIDTH, subsequent_indent=" " * 19,
                                initial_indent=f"  {to[0] if len(people) == 1 else '':16} "))


def show_one(mail):
    heading("One of them in full, as its reader sees it")
    print(textwrap.fill("It asks for a status report on HSN-07 by Wed 13 May, formally Fri 15 May, "
                        "and says why, what happens next, and how to answer.", WIDTH) + "\n")
    for name, value in (("Från", mail.sender), ("Till", mail.receiver), ("Ämne", mail.subject)):
        print(f"  {name}: {value}")
    print()
    for line in mail.text.rstrip().splitlines():
        for part in textwrap.wrap(line, WIDTH - 2, break_long_words=False) or [""]:
            print(f"  {part}".rstrip())


def millions(value):
    return "–" if value is None else f"{value / 1e6:.1f}"


def show_report(document):
    heading(f"The re-report {document['deadline']}, {document['title']}")
    print("  Effects for the full year in MSEK; asked: how many reminders it took.\n")
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
    print(f"  {'all':42} {sums[0]:>8} {sums[1]:>8} {sums[2]:>8}")
    print(textwrap.indent(textwrap.fill(
        f"Due {document['due']}, papers {document['papers']}, originally "
        f"{document['papers_original']}; {document['outcome']['outcome']}, "
        f"{document['outcome']['reference']}. In full: paminn report RS-58", WIDTH - 2), "  "))


def show_why(rows):
    heading("paminn why HSN-12 chef-service: each reminder, sent or not, with the reason")
    for deadline in ("RS-58", "LAGE@2026-05-29"):
        print(deadline)
        for row in rows:
            if row["deadline"] == deadline:
                print(textwrap.fill(
                    f"  {when(local(row['when']))}  {row['step']:6} {row['decision']:11} "
                    f"{row['reason']}", WIDTH, subsequent_indent=" " * 39,
                    break_on_hyphens=False))


# ---- checking ------------------------------------------------------------------------------------

def check(stage, document):
    """What should have happened and did not."""
    mails, posts = stage.mail_server.mails, stage.hook.posts
    owners = ["akut", "bild", "kirurgi", "lakemedel", "medicin", "primarvard", "psykiatri",
              "service"]
    support = ["stod-ekonomi", "stod-hr", "stod-digital", "stod-ledning"]

    def days(to, *words):
        return [f"{mail.when.day}/{mail.when.month}" for mail in mails
                if mail.to == to and all(word in mail.subject for word in words)]

    def answered(measure):
        return [row["asked"] for row in document["rows"] if row["measure"] == measure]

    def between(mail, first, last):
        return instant(first) < mail.when < instant(last)

    announced = {(when(local(row["when"])), row["to"]) for row in stage.forecast}
    coming = {(f"{local(row['when']):%d/%m}", row["to"], item["deadline"])
              for row in stage.june for item in row["items"]}
    states = [row["state"] for row in json.loads(stage.paminn("--json", "outbox"))]
    owed = {(row["deadline"], row["measure"]): row["state"]
            for row in json.loads(stage.paminn("--json", "list", "--all"))}
    expected = (
        ("every owner is reminded ten working days before the papers date, 30 April",
         all(days(f"chef-{owner}", "HSN-")[:1] == ["30/4"] for owner in owners)),
        ("who has answered is reminded no more", all(
            len(days(f"chef-{owner}", measure)) == 1 for owner, measure in (
                ("akut", "HSN-01"), ("medicin", "HSN-03"), ("lakemedel", "HSN-10"),
                ("kirurgi", "HSN-05")))),
        ("the late one is asked five times", days("chef-bild", "HSN-07") ==
         ["30/4", "7/5", "12/5", "15/5", "18/5"] and answered("HSN-07") == [5]),
        ("every reminder of May up to the extension, but the promised one, was in the forecast",
         all((when(mail.when), mail.to) in announced for mail in mails
             if between(mail, "2026-05-04 12:00", "2026-05-18 09:00")
             and mail.subject.startswith(("Påminnelse", "För kännedom: l"))
             and "svaret var utlovat" not in mail.text)),
        ("the deputy is reminded in place of who is away, of both measures",
         days("chef-akut", "HSN-08", "(och 1 till)") == ["7/5"]
         and "7/5" not in days("chef-primarvard")),
        ("who promised an answer is left alone until then, and then reminded once",
         days("chef-service", "HSN-12") == ["7/5", "13/5"]),
        ("the day after the papers date, 18 May, the manager is told of the late one",
         "18/5" in days("hsd", "HSN-07")),
        ("and of nobody else", days("hsd", "väntas") == ["18/5"]),
        ("those concerned are told once of each date: the meeting set, the meeting moved, the extension",
         len(days("registrator", "RS-58", "datum")) == 3
         and len(days("chef-bild", "RS-58", "datum")) == 1),
        ("the manager is told that HSN-05 is off track", len(days("hsd", "HSN-05")) == 1),
        ("and the economist that its forecast is low", len(days("stod-ekonomi", "HSN-05")) == 1),
        ("the support function is asked for help", all(len(days(each, "HSN-06")) == 1
                                                       for each in support)),
        ("the webhook is told of both, signed",
         {item["measure"] for post in posts for item in post["items"]} == {"HSN-05", "HSN-06"}
         and not stage.hook.forged),
        ("the tertial report, returned, is asked for again and then approved",
         [len(days("ekonomichef", "T1-2026", word)) for word in ("återlämnad", "godkänts")] ==
         [1, 1] and days("ekonomichef", "T1-2026", "Påminnelse") == ["6/5", "19/5"]),
        ("those to be informed are told of all that, and when it is handed over, both times",
         all([len(days(each, "T1-2026", word)) for word in ("inlämnad", "återlämnad", "godkänts")]
             == [2, 1, 1] for each in ("registrator", "hsn-presidium"))),
        ("the presidium is reminded by the new date after the extension",
         days("hsn-presidium", "Påminnelse", "RS-58")[-2:] == ["19/5", "21/5"]),
        ("the re-report shows the date before", document["papers"] == "2026-05-21"
         and document["papers_original"] == "2026-05-18"),
        ("those to be informed are told when it is handed over, and that RS has noted it",
         all(len(days(each, "RS-58", word)) == 1 for each in ("registrator", "regiondirektor")
             for word in ("är inlämnad", "till handlingarna"))
         and document["outcome"]["outcome"] == "noted"),
        ("every measure has an answer", len(document["rows"]) == 12
         and all(row["status"] for row in document["rows"])),
        ("those answers are May's monthly ones too", 12 == sum(
            deadline == "LAGE@2026-05-29" and state == "answered"
            for (deadline, _), state in owed.items())
         and not any("LAGE" in mail.subject for mail in mails)),
        ("the presidium's next report is asked for in time, the one before no more",
         owed["RS-LOP@2026-06-16", None] == "open" and owed["RS-LOP@2026-05-27", None] == "answered"
         and days("hsn-presidium", "RS-LOP@2026-06-16") == ["29/5"]),
        ("June asks for the monthly status, but not of what is done",
         owed["LAGE@2026-06-30", "HSN-07"] == "open"
         and owed["LAGE@2026-06-30", "HSN-09"] == "withdrawn"
         and ("26/06", "chef-bild", "LAGE@2026-06-30") in coming),
        ("everything that the story quotes was in a mail", not stage.unread),
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
    show_why(json.loads(stage.paminn("--json", "why", "HSN-12", "chef-service")))
    count, missing = check(stage, document)
    heading(f"{count - len(missing)} of {count} things that should have happened did")
    for text in missing:
        print(f"  It is not so that {text}.")
    return 1 if missing else 0


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(textwrap.fill(PROLOGUE, WIDTH, break_on_hyphens=False) + "\n", flush=True)
    stage = Stage()
    try:
        stage.start(instant(START), SPEED)
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
