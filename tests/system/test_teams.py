# SPDX-License-Identifier: Apache-2.0
"""A channel of Microsoft Teams: Adaptive Cards of the right shape, in ladders and to people."""
import jsonschema
from harness import run, wait_for

MORNING = "2026-04-29T08:00"  # ten working days before the papers of KS-1, at eight


def closed(required, optional=()):
    return {"type": "object", "properties": {**required, **dict(optional)},
            "required": list(required), "additionalProperties": False}


RUN = closed({"type": {"const": "TextRun"}, "text": {"type": "string", "minLength": 1}},
             {"weight": {"enum": ["Lighter", "Default", "Bolder"]},
              "size": {"enum": ["Small", "Default", "Medium", "Large", "ExtraLarge"]},
              "fontType": {"enum": ["Default", "Monospace"]}})
BLOCK = closed({"type": {"const": "RichTextBlock"},
                "inlines": {"type": "array", "minItems": 1, "items": RUN}},
               {"spacing": {"enum": ["None", "Small", "Default", "Medium", "Large"]}})
CARD = closed({"$schema": {"const": "http://adaptivecards.io/schemas/adaptive-card.json"},
               "type": {"const": "AdaptiveCard"}, "version": {"const": "1.4"},
               "lang": {"enum": ["sv", "en"]},
               "body": {"type": "array", "minItems": 2, "items": BLOCK}},
              {"msteams": closed({"width": {"const": "Full"}})})
MESSAGE = closed({"type": {"const": "message"}, "summary": {"type": "string", "minLength": 1},
                  "attachments": {"type": "array", "minItems": 1, "maxItems": 1, "items": closed(
                      {"contentType": {"const": "application/vnd.microsoft.card.adaptive"},
                       "contentUrl": {"type": "null"}, "content": CARD})}})


def text(card):
    return "\n".join("".join(run["text"] for run in block["inlines"])
                     for block in card["attachments"][0]["content"]["body"])


def teams(box, plan, signed=True):
    hook = box.hook(plan, "teams-tn")
    (channel,) = plan.settings["channels"]
    channel["format"] = "teams"
    if not signed:
        del channel["secret_file"]
    return hook


def a_step_reaches_the_channel(box):
    """channel:NAME in a ladder: the card, in its shape, signed, and the feed's news as ever."""
    plan = box.plan()
    box.smtp(plan)
    hook = teams(box, plan)
    plan.settings["ladders"][0]["steps"][0]["to"] = ["owner", "channel:teams-tn"]
    plan.measures["TN-1"]["title"] = 'Färre "inhyrda" \\ [länk](https://x.internal)'
    daemon = box.daemon(plan, MORNING, start=False)
    feed = box.feed(plan, "paminn.reminder")
    daemon.start()
    # It is an escalation: held until the owners have been reached, and then the next working day's.
    daemon.until("2026-04-30T09:00")
    cards = [body for _, body in hook.posts]
    for headers, body in hook.posts:
        jsonschema.validate(body, MESSAGE)
        assert headers["Content-Type"] == "application/json", headers
        assert "@" not in str(body) and "kommunen.internal" not in str(body), body
    said = "\n".join(map(text, cards))
    assert 'Färre "inhyrda" \\ [länk](https://x.internal)' in said, said
    assert "KS 2026-04-15 § 12" in said and "13 maj 2026" in said, said
    rows = [row for row in daemon.query("outbox") if row["channel"] == "teams-tn"]
    assert rows and all(row["to"] == "channel:teams-tn" for row in rows), rows
    assert {row["kind"] for row in rows} == {"escalation"}, rows
    wait_for(lambda: [event for event in feed.events if event["data"]["to"] == "channel:teams-tn"],
             "the feed's news of the card")


def a_person_on_teams(box):
    """Without a secret: nobody at Teams checks a signature."""
    plan = box.plan()
    box.smtp(plan)
    hook = teams(box, plan, signed=False)
    hook.keep = lambda headers, body: keep(hook, headers, body)
    plan.people["anna"] |= {"channels": ["mail", "teams-tn"], "language": "en"}
    box.daemon(plan, MORNING)
    headers, body = hook.posts[0]
    jsonschema.validate(body, MESSAGE)
    assert body["attachments"][0]["content"]["lang"] == "en", body
    assert "paminn status TN-1 on-track" in text(body), text(body)
    assert "webhook-id" in headers and "webhook-signature" not in headers, headers


def keep(hook, headers, body):
    import json
    hook.posts.append((dict(headers), json.loads(body)))


def a_layout_that_is_no_card_is_refused(box):
    """When it is loaded, naming the file."""
    import shutil
    from harness import ROOT
    plan = box.plan()
    shutil.copytree(ROOT / "conf/templates", box.folder / "templates")
    card = box.folder / "templates/en/card.json"
    card.write_text(card.read_text().replace('"text": "{{text}}"', '"text": {{text}}'))
    plan.settings["templates"] = "templates"
    daemon = box.daemon(plan, MORNING, start=False)
    done = daemon.check()
    assert done.returncode == 78 and "en/card.json:1: " in done.stdout + done.stderr, done
    assert "is not JSON" in done.stdout + done.stderr, done


run(a_step_reaches_the_channel, a_person_on_teams, a_layout_that_is_no_card_is_refused)
