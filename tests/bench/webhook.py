# SPDX-License-Identifier: Apache-2.0
"""Webhooks into a sink that answers at once: how many a second, counted at the sink from the first to the last."""
import json
import tempfile

import peers
from harness import HookSink, another_box, wait_for
from mail import BEFORE, accepted, many_owners
from table import Contender

POSTS, CONNECTIONS = 4000, 20


def arrived(sink, count):
    """The rate at the sink, once all are there."""
    requests, seconds = wait_for(lambda: (told := sink.counted())[0] >= count and told, "the posts", 120)
    return (requests - 1) / seconds


def hooked(box, url, count):
    plan = many_owners(box.plan(), count)
    for number in range(count):
        plan.people[f"p{number}"]["channels"] = ["hook"]
    secret = box.folder / "hook.secret"
    secret.write_text("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
    secret.chmod(0o600)
    plan.settings["channels"] = ({"name": "hook", "type": "webhook", "url": url, "allow_private": True,
                                  "secret_file": str(secret)},)
    return plan


def ours():
    with peers.HttpSink() as sink, peers.SmtpSink() as mails, another_box() as box:
        plan = hooked(box, sink.url, POSTS)
        plan.settings["mail"]["server"] = mails.url  # for who has no channel
        daemon = box.daemon(plan, BEFORE)
        rate = arrived(sink, POSTS)
        wait_for(lambda: accepted(daemon) >= POSTS, "the daemon to know of each", 60)
    return rate


def sample():
    """The body of a post of ours."""
    with another_box() as box:
        sink = box.keep(HookSink())
        plan = hooked(box, sink.url, 1)
        plan.settings["channels"][0]["secret_file"] = sink.secret_file(box.folder)
        box.smtp(plan)
        box.daemon(plan, BEFORE)
        posts = wait_for(lambda: sink.posts, "a post")
    return json.dumps(posts[0][1], ensure_ascii=False)


def alertmanager(size):
    with peers.HttpSink() as sink, peers.Alertmanager(hook=sink.url) as server:
        peers.program("post", server.url, server.bodies(POSTS, 1000, size), 1)
        return arrived(sink, POSTS)


def bare(body):
    with peers.HttpSink() as sink, tempfile.NamedTemporaryFile("w") as file:
        file.write(body + "\n")
        file.flush()
        rate = peers.program("post", sink.url, file.name, CONNECTIONS, 5 * POSTS)["rate"]
        assert sink.counted()[0] == 5 * POSTS, f"{sink.counted()[0]} of {5 * POSTS} posts came"
    return rate


def webhook(table):
    body = sample()
    table.begin("webhook", f"{POSTS:,} reminders of a morning, a post each of {len(body.encode()):,} bytes, into a sink "
                           "that answers 204; from the first that comes there to the last.")
    table.compare("/s", [
        Contender("**Påminn**: decided, composed, signed, posted, its acceptance on the disk", "durable", ours),
        Contender("Alertmanager, each alert a group that is told at once", "not durable: in memory",
                  lambda: alertmanager(300), goal=2.0),
        Contender(f"bare limit: libcurl's multi interface, {CONNECTIONS} connections", "nothing kept",
                  lambda: bare(body))])


ROWS = {"webhook": webhook}
