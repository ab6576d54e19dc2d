# SPDX-License-Identifier: Apache-2.0
"""Every kind of mail, as a real mail server got it: the region of conf/demo lives through a spring in
which all happens that a mail tells of. For what looks at mails: the test of their HTML and
tests/browser/pictures."""
import base64
import html.parser
import os
import re
import shutil

from harness import ROOT, HookSink, SmtpSink, free_ports

DEMO = ROOT / "conf/demo"
START = "2026-04-23T08:00"

# Beside the demo's: a committee with a long name whose meeting is never set, a head of unit with
# twelve measures, and one whose mailbox is refused.
MORE = """
bodies = ( { id = "SBN"; name = "Samhällsbyggnadsnämnden"; papers = "-5wd"; } );
people = (
  { id = "stabschef"; name = "Stabschefen på samhällsbyggnadsförvaltningen";
    mail = "stabschef@region.example"; manager = "regiondirektor"; },
  { id = "fastighetschef"; name = "Fastighetschefen";
    mail = "fastighetschef@region.example"; manager = "stabschef"; }
);
measures = (
%s,
  { id = "SBN-20"; title = "Samhällsbyggnadsnämndens fastighetsunderhållsplanering";
    owner = "fastighetschef"; decision = "SBN 2026-03-10 § 7"; effect_planned = 1250000L; }
);
deadlines = (
  { id = "SBN-UPP"; title = "Samhällsbyggnadsnämndens internkontrolluppföljning";
    decision = "SBN 2026-03-10 § 7"; due = "meeting SBN 2026-05"; answers_from = [ "SBN-*" ];
    require = [ "progress", "effect_forecast", "note" ]; responsible = "stabschef";
    inform = [ "registrator" ]; ladder = "standard"; }
);
""" % ",\n".join(f'  {{ id = "SBN-{number:02}"; title = "{title}"; owner = "stabschef"; '
                 'decision = "SBN 2026-03-10 § 7"; effect_planned = 800000L; }'
                 for number, title in enumerate((
                     "Samordnad bygglovshandläggning", "Digital detaljplaneprocess",
                     "Färre externa konsulter i exploateringsprojekt", "Energieffektivare gatubelysning",
                     "Gemensam fordonsflotta", "Översyn av arrenden och tomträtter",
                     "Upphandling av vinterväghållning", "Minskat matsvinn i nämndens kök",
                     "E-tjänst för grävtillstånd", "Samutnyttjande av idrottshallar",
                     "Återbruk av gatsten och kantsten", "Ny taxa för markupplåtelse"), 1))


class DemoPlan:
    """The demo's files in a folder of their own; what the harness's Plan is to a Daemon."""

    def __init__(self, box, language="sv", web=True):
        self.folder, self.language, self.web = box.folder, language, web
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self.submit, self.feed = (f"ipc://{box.folder}/{name}.sock" for name in ("submit", "feed"))
        self.smtp = box.keep(SmtpSink())
        self.hook = box.keep(HookSink())

    def write(self):
        shutil.copytree(DEMO / "plan.d", self.folder / "plan.d", dirs_exist_ok=True)
        (self.folder / "plan.d/more.conf").write_text(MORE, encoding="utf-8")
        for path in (self.folder / "plan.d").glob("*.conf"):
            text = re.sub(r' language = "\w+";', "", path.read_text(encoding="utf-8"))
            path.write_text(re.sub(r'(mail = ")', rf'language = "{self.language}"; \1', text),
                            encoding="utf-8")
        text = (DEMO / "paminnd.conf").read_text(encoding="utf-8")
        for old, new in ((r'language = "sv"', f'language = "{self.language}"'),
                         (r'"smtp://127[^"]*"', f'"{self.smtp.url}"'),
                         (r'"http://127[^"]*/hook"', f'"{self.hook.url}"'),
                         (r'ipc://(\w+)\.sock', rf"ipc://{self.folder}/\1.sock"),
                         ("127.0.0.1:7780", f"127.0.0.1:{self.port}"),
                         (r"^intake = \{", rf'\g<0> feed = [ "{self.feed}" ];'),
                         (r"^web = (?s:.*?)^\};$", r"\g<0>" if self.web else ""),
                         (r'"uppfoljning.secret"', f'"{self.hook.secret_file(self.folder)}"')):
            text, count = re.subn(old, new, text, flags=re.M)
            assert count, f"the demo's settings have no {old}"
        secret = self.folder / "web.secret"
        if not secret.exists():  # it is read again when the daemon is started again
            secret.touch(mode=0o600)
            secret.write_text(base64.b64encode(os.urandom(32)).decode() + "\n")
        path = self.folder / "paminnd.conf"
        path.write_text(text, encoding="utf-8")
        return path


def status(measure, status, person, **data):
    return ("status", measure, f"/people/{person}", {"status": status, **data})


STEWARD = "/people/stod-ledning"
# When, and what is told then: kind, subject, source, data.
SPRING = (
    ("2026-04-24T10:00",
     ("meeting", "RS", STEWARD, {"from": "2026-05-27", "until": "2026-05-28"})),
    ("2026-04-30T09:00",
     status("HSN-01", "on-track", "chef-akut", progress=45, effect_achieved=4200000,
            effect_forecast=12500000, note="Åtta av tolv tjänster är tillsatta."),
     status("HSN-12", "at-risk", "chef-service", progress=5)),
    ("2026-05-04T09:00",
     ("meeting", "RS", STEWARD, {"from": "2026-05-26", "until": "2026-05-27",
                                 "replaces": "2026-05-27"})),
    ("2026-05-04T11:00",
     ("absence", "chef-primarvard", "/people/chef-primarvard",
      {"from": "2026-05-05", "until": "2026-05-08", "deputy": "chef-akut"}),
     ("absence", "chef-lakemedel", "/people/chef-lakemedel",
      {"from": "2026-05-06", "until": "2026-05-08"})),
    ("2026-05-05T09:00",
     status("HSN-05", "off-track", "chef-kirurgi", progress=15, effect_achieved=600000,
            effect_forecast=4000000, needs_support="Två salar står utan ventilation.",
            note="Två salar står stilla i väntan på ny ventilation."),
     status("HSN-03", "on-track", "chef-medicin", progress=40, effect_forecast=9000000)),
    ("2026-05-07T10:00",
     ("seen", "HSN-12", "/people/chef-service", {"answer_by": "2026-05-12"}),
     status("HSN-06", "at-risk", "chef-psykiatri", progress=25, effect_forecast=2500000,
            needs_support="Hjälp att välja plattform."),
     ("assign", "HSN-02", STEWARD, {"owner": "chef-medicin"})),
    ("2026-05-12T09:00",
     ("submit", "T1-2026", "/people/ekonomichef", {"reference": "HSN 2026/0163"}),
     ("submit", "RS-LOP", "/people/hsn-presidium",
      {"reference": "HSN 2026/0170", "note": "Presidiet deltar den 26 maj."})),
    ("2026-05-13T09:30",
     ("outcome", "T1-2026", STEWARD, {"outcome": "returned", "due": "2026-05-19",
                                      "reference": "HSN AU 2026-05-13 § 24"}),
     ("extend", "HSN-07", STEWARD, {"deadline": "RS-58", "due": "2026-05-20",
                                    "reference": "RS 2026/0216", "reason": "Granskaren är ny."})),
    ("2026-05-18T09:00",
     ("extend", "RS-58", STEWARD, {"due": "2026-05-21", "reference": "RS 2026/0217",
                                   "reason": "Nämnden fastställer planen den 21 maj."})),
    ("2026-05-21T09:00",
     ("submit", "RS-58", "/people/hsn-presidium", {"reference": "HSN 2026-05-21 § 70"}),
     ("outcome", "T1-2026", STEWARD, {"outcome": "approved",
                                      "reference": "HSN 2026-05-21 § 70"})),
    ("2026-05-26T11:00",
     ("outcome", "RS-58", STEWARD, {"outcome": "noted", "reference": "RS 2026-05-26 § 71"})),
    ("2026-06-04T09:00",),
)


def every_mail(box, language, web=True):
    """All mails of the spring, soonest first; with links to pages or, without `web`, commands alone."""
    plan = DemoPlan(box, language, web)
    plan.smtp.rcpt["chef-bild"] = ["550 5.1.1 No such mailbox"]
    daemon = box.daemon(plan, START)
    daemon.expect("HSN-07", "chef-bild", "550")
    daemon.order("test", person="chef-akut")
    for instant, *events in SPRING:
        daemon.until(instant)
        for kind, subject, source, data in events:
            daemon.tell(kind, subject, source, **data)
        daemon.settle()
    daemon.stop()
    return plan.smtp.mails


# ---- what a reader sees ---------------------------------------------------------------------------

UNSEEN = {"head", "style", "title", "script"}  # what a reader doesn't get to see
ALONE = {"br", "hr", "img", "input", "link", "meta"}  # elements without an end


class Seen(html.parser.HTMLParser):
    """What a reader sees of HTML: its words, those of its links apart; where the links lead; and how it
    is built."""

    def __init__(self, source):
        super().__init__()
        self.words, self.labels, self.links, self.build, self.open = [], [], [], [], []
        self.language = None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.language = self.language or attributes.get("lang")
        self.build.append((tag, attributes.get("style"), attributes.get("class")))
        if "href" in attributes:
            self.links.append(attributes["href"])
        if tag not in ALONE:
            hidden = "display:none" in (attributes.get("style") or "").replace(" ", "")
            self.open.append((tag, hidden or tag in UNSEEN))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> ends {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if not any(hidden for _, hidden in self.open):
            self.words += words(data)
            if any(tag == "a" for tag, _ in self.open):
                self.labels += words(data)


def words(text):
    """Without the marks that end a line of text and that a row of a table has no need of."""
    return [bare for word in text.split() if (bare := word.strip(".,:;()<>”“\"–•-"))]


# ---- pictures ------------------------------------------------------------------------------------

# The mails that a picture is made of: a name, the person, the beginning of the instant it left.
PORTRAITS = (
    ("reminder", "chef-bild", "2026-05-11"),
    ("reminder-simple", "chef-bild", "2026-05-27"),
    ("reminder-deliverable", "hsn-presidium", "2026-05-11"),
    ("reminder-deputy", "chef-akut", "2026-05-06"),
    ("reminder-promised", "chef-service", "2026-05-13"),
    ("reminder-late", "chef-lakemedel", "2026-05-15"),
    ("reminder-require", "fastighetschef", "2026-05-15"),
    ("digest", "chef-medicin", "2026-04-28"),
    ("digest-late", "chef-primarvard", "2026-05-15"),
    ("digest-thirteen", "stabschef", "2026-05-15"),
    ("escalation", "rs-ordforande", "2026-05-15"),
    ("escalation-many", "hsd", "2026-05-15"),
    ("moved-set", "registrator", "2026-04-24"),
    ("moved", "chef-kirurgi", "2026-05-04"),
    ("moved-two", "hsn-presidium", "2026-05-04"),
    ("extended-measure", "chef-bild", "2026-05-13 09"),
    ("extended", "chef-service", "2026-05-18 09"),
    ("returned", "ekonomichef", "2026-05-13"),
    ("confirmation", "registrator", "2026-05-12"),
    ("approved", "ekonomichef", "2026-05-21"),
    ("noted", "regiondirektor", "2026-05-26"),
    ("assigned", "chef-medicin", "2026-05-07 10"),
    ("unassigned", "chef-akut", "2026-05-07 10"),
    ("alert-off-track", "hsd", "2026-05-05"),
    ("alert-support", "stod-hr", "2026-05-07"),
    ("alert-effect", "ekonomichef", "2026-05-05"),
    ("alert-two", "stod-ekonomi", "2026-05-05"),
    ("unreached", "stod-hr", "2026-04-28"),
    ("absent", "hsd", "2026-05-06"),
    ("undecided", "stod-ledning", "2026-05-22"),
    ("unbound", "stod-ledning", "2026-06-01"),
    ("escalation-steward", "stod-ledning", "2026-06-03"),
    ("frozen", "hsn-presidium", "2026-05-15 07"),
    ("test", "chef-akut", "2026-04-23"),
)


def portraits(mails):
    """Each of those by its name."""
    found = {}
    for name, person, instant in PORTRAITS:
        those = [mail for mail in mails if mail.person == person
                 and f"{mail.when:%Y-%m-%d %H:%M}".startswith(instant)]
        assert those, f"{person} got no mail on {instant}: {name}"
        found[name] = those[0]
    return found
