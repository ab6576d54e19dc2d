#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The PostgreSQL that tests start: what they may rely on, and that nothing of it stays behind."""
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import harness
import postgres
from harness import run, wait_for

# Not the run's, which others use: one for this file, and where that matters one more.
os.environ.pop("PAMINN_TEST_POSTGRES_AT", None)
PROGRAM = [sys.executable, "-B", postgres.__file__]


def processes(folder):
    """Those that work in the folder: all of a cluster do."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str((each / "cwd").readlink()).startswith(str(folder)):
                found.append(int(each.name))
    return found


def session(server, database):
    """A peer that has been let in, and stays."""
    peer = subprocess.Popen([postgres.programs() / "psql", "-XAtq", "-d", server.url(database)], text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peer.stdin.write("SELECT 'here';\n")
    peer.stdin.flush()
    assert peer.stdout.readline() == "here\n", peer.stderr.read()
    return peer


def a_database_is_new_and_the_roles_own(box):
    server = postgres.shared()
    first, second = server.database(), server.database()
    assert server.sql("SELECT 1", first, postgres.ROLE) == ["1"]
    server.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)", first, postgres.ROLE)
    assert server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", second) == ["0"]
    assert server.sql("SHOW fsync") == server.sql("SHOW synchronous_commit") == ["on"]
    assert server.sql("SELECT datcollate FROM pg_database WHERE datname = current_database()", first) == ["C"]
    server.restart()
    server.restart(signal.SIGQUIT)
    assert server.sql("SELECT n FROM kept", first, postgres.ROLE) == ["7"]
    server.drop(first)
    assert server.sql(f"SELECT count(*) FROM pg_database WHERE datname IN ('{first}', '{second}')") == ["1"]


def over_tcp_it_wants_the_password(box):
    server = postgres.shared()
    url = server.tcp_url(server.database())

    def ask(password):
        return subprocess.run([postgres.programs() / "psql", "-XAtq", "-w", "-d", url, "-c", "SELECT 1"],
                              env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True)
    assert ask(server.password).stdout == "1\n", ask(server.password)
    assert "password authentication failed" in ask("another").stderr, ask("another")


def sessions_are_counted_and_cut(box):
    server = postgres.shared()
    mine, other = server.database(), server.database()
    peers = [session(server, mine), session(server, mine), session(server, other)]
    assert (server.sessions(mine), server.sessions(other)) == (2, 1)
    assert server.cut(mine, "state = 'active'") == 0
    assert server.cut(mine) == 2 and server.sessions(mine) == 0
    for peer in peers[:2]:
        assert "terminating connection" in peer.communicate("SELECT 1;\n")[1]
    assert peers[2].communicate("SELECT 1;\n") == ("1\n", "")


def nothing_of_it_stays(box):
    server = postgres.Cluster()
    peer = session(server, server.database())
    assert len(processes(server.folder)) > 2
    server.stop()
    assert not processes(server.folder) and not server.folder.exists()
    peer.communicate()


def it_ends_with_who_started_it(box):
    starter = subprocess.Popen(
        [sys.executable, "-c", "import postgres; print(postgres.Cluster().folder, flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(postgres.__file__).parent)
    folder = starter.stdout.readline().strip()
    assert len(processes(folder)) > 2
    starter.kill()
    wait_for(lambda: not processes(folder), "the server to end")
    subprocess.run(["rm", "-r", folder], check=True)
    starter.communicate()


def held(box):
    """Who has asked for a cluster, as ctest does, its file, and the surroundings of that one's tests."""
    file = box.folder / "cluster"
    asker = subprocess.Popen(["sh", "-c", '"$@" && echo held && read -r end', "sh", *PROGRAM, "hold", file],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert asker.stdout.readline() == "held\n"
    return asker, file, {**os.environ, "PAMINN_TEST_POSTGRES_AT": str(file)}


def told(command, environment):
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def a_run_shares_one(box):
    asker, file, around = held(box)
    url = [*PROGRAM, "run", "sh", "-c", "echo $PAMINN_TEST_POSTGRES"]
    first, second = told(url, around), told(url, around)
    assert first != second and first.rpartition("/")[0] == second.rpartition("/")[0], (first, second)
    assert told([postgres.programs() / "psql", "-XAtqd", first, "-c", "SELECT 1"], around) == "1"
    store = [sys.executable, "-c", "import harness; box = harness.Box(); plan = box.plan();"
             "assert plan.settings['store'] == box.plan().settings['store'];"
             "print(plan.settings['store']); box.remove()"]
    around["PYTHONPATH"] = str(Path(harness.__file__).parent)
    place = told(store, {**around, "PAMINN_STORE": "postgres"})
    assert place.rpartition("/")[0] == first.rpartition("/")[0], (place, first)
    assert told(store, around).endswith("/paminn.db")
    told([*PROGRAM, "release", file], around)
    assert not file.exists()
    asker.communicate("\n")


def a_run_that_is_killed_leaves_none(box):
    asker, file, around = held(box)
    folder = told(["python3", "-c", f"import json; print(json.load(open('{file}'))['folder'])"], around)
    assert processes(folder)
    asker.kill()
    asker.communicate()
    wait_for(lambda: not processes(folder) and not Path(folder).exists() and not file.exists(),
             "the cluster to end")


def by_hand_a_test_starts_its_own(box):
    url = told([*PROGRAM, "run", "sh", "-c", "echo $PAMINN_TEST_POSTGRES"], os.environ)
    folder = url.partition("@")[2].partition(":")[0].replace("%2F", "/")
    assert url.startswith("postgresql://paminn@") and not Path(folder).exists(), url


run(a_database_is_new_and_the_roles_own, over_tcp_it_wants_the_password, sessions_are_counted_and_cut,
    nothing_of_it_stays, a_run_shares_one,
    long=(it_ends_with_who_started_it, a_run_that_is_killed_leaves_none, by_hand_a_test_starts_its_own))
