# SPDX-License-Identifier: Apache-2.0
"""Several daemons on one PostgreSQL, for the tests of it."""
from collections import Counter

import postgres
from harness import Daemon, small_plan

MORNING = "2026-05-15T07:59:50"  # the day of the last step before the papers date
OWNERS = 40


class Dropped:
    """A database that goes away with the box."""

    def __init__(self, server, name):
        self.server, self.name = server, name

    def stop(self):
        self.server.drop(self.name)


def database(box):
    server = postgres.shared()
    name = server.database()
    box.keep(Dropped(server, name))
    return server, name


def plans(box, stores, sink, owners=OWNERS):
    """The same plan for each of several daemons, which differ in where they are reached, and by which URL they
    reach the store."""
    for number, store in enumerate(stores):
        folder = box.folder / f"d{number}"
        folder.mkdir()
        plan = small_plan(folder)
        plan.measures.clear()
        plan.settings["store"] = store
        plan.settings["mail"].update(server=sink.url, connections=4)
        for owner in range(owners):
            plan.add("people", f"p{owner}", name=f"Person {owner}", mail=f"p{owner}@kommunen.internal",
                     manager="mona")
            plan.add("measures", f"TN-{owner}", title=f"Åtgärd {owner}", owner=f"p{owner}")
        yield plan


def made(box, stores, sink, clock=MORNING + "@1", owners=OWNERS):
    """A daemon for each store, not started."""
    found = []
    for plan in plans(box, stores, sink, owners):
        found.append(Daemon(plan.folder, plan, clock))
        box.daemons.append(found[-1])
    return found


def daemons(box, count, clock=MORNING + "@1", owners=OWNERS):
    server, name = database(box)
    sink = box.smtp()
    return server, name, sink, made(box, [server.url(name)] * count, sink, clock, owners)


def to_owners(sink):
    return [mail for mail in sink.mails if mail.person.startswith("p")]


def copies(sink):
    return Counter(mail.person for mail in to_owners(sink))


def delivered_by(server, name):
    """How many messages each daemon has begun to send, by its token."""
    rows = server.sql("SELECT claim, count(*) FROM message WHERE claim <> 0 GROUP BY claim", name)
    return {int(row.split("|")[0]): int(row.split("|")[1]) for row in rows}


def members(server, name):
    """How many daemons are there."""
    return int(server.sql("SELECT count(*) FROM daemon", name)[0])


def keeps_within_the_bound(server, name, sink):
    """No more copies than the attempts of which nobody knows how they ended."""
    bounds = {row.split("|")[0]: 1 + int(row.split("|")[1]) for row in
              server.sql("SELECT recipient, sum(unknown) FROM message GROUP BY recipient", name)}
    for person, count in copies(sink).items():
        assert count <= bounds[person], (person, count, bounds[person])
