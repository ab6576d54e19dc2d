#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The pages' server, with raw bytes: what it answers, and what a request may cost.

Row 14: slow, large and idle requests (has_no_patience, bounds_size; 1,000 idle ones: test_release_web.py). Seen to fail
when time is never up, and when a body may have any size.
Row 24: what is guessed, changed or of another purpose (knows_only_its_own_tokens). Seen to fail when all purposes have
one key.
"""
import base64
import contextlib
import os
import re
import resource
import signal
import socket
import threading
import time
from pathlib import Path

from harness import free_ports, run, wait_for
from web import Answer, Web, read_all

HEAD_MAX, BODY_MAX = 8192, 65536
LATE = 10  # seconds that a request may take


def tells_health(box):
    web = Web(box)
    alive, ready = web.get("/healthz"), web.get("/readyz")
    assert (alive.status, alive.body) == (200, b"alive\n"), alive.raw
    assert (ready.status, ready.body) == (200, b"ready\n"), ready.raw
    for path in ("/healthz", "/readyz"):
        head, full = web.get(path, method="HEAD"), web.get(path)
        assert head.status == 200 and head.body == b"", head.raw
        assert head.headers == full.headers, (head.raw, full.raw)


def knows_only_its_own_paths(box):
    web = Web(box)
    paths = ["/nowhere", "/healthz/", "//healthz", "/healthz%00", "/healthz%2f", "/./healthz",
             "/a/../healthz", "/HEALTHZ", "/%68ealthz", "/healthz;x", "/a/", "/favicon.ico",
             "/" + "x" * 4000, "/robots.txt", "/a/x/y", "/a/x%00"]
    bodies = {}
    for path in paths:
        for headers in ((), ("Accept-Language: en",)):
            answer = web.get(path, *headers)
            assert answer.status == 404, (path, answer.raw)
            bodies.setdefault(headers, set()).add(
                re.sub(rb"(?m)^Date: .*$", b"", answer.raw))
    assert all(len(each) == 1 for each in bodies.values()), bodies
    swedish, english = (each.pop() for each in bodies.values())
    assert b'lang="sv"' in swedish and b'lang="en"' in english, (swedish, english)
    assert web.get("/healthz?from=probe").status == 200


def knows_only_its_own_tokens(box):
    """A token of another purpose, changed in any way, or made up, is answered as what never was."""
    web = Web(box)
    url = web.daemon.order("link", page="calendar", **{"for": "anna"})["rows"][0]["url"]
    path = url[url.index("/calendar/"):]
    token = path[len("/calendar/"):-len(".ics")]
    assert web.get(path).status == 200, url

    def faults():
        yield from (f"/a/{token}", f"/mine/{token}", f"/calendar/{token}", f"/calendar/{token}.ICS",
                    f"/calendar/{token}.ics.ics", f"/calendar/{token}x.ics", f"/calendar/x{token}.ics",
                    f"/calendar/{token[:-1]}.ics", f"/calendar/{token}%00.ics", "/calendar/.ics",
                    f"/calendar/{token}=.ics", f"/calendar/{'A' * 600}.ics", f"/calendar//{token}.ics",
                    f"/calendar/{token}/.ics")
        for at in range(len(token)):
            other = "A" if token[at] != "A" else "B"
            yield f"/calendar/{token[:at]}{other}{token[at + 1:]}.ics"
        for _ in range(300):
            yield f"/calendar/{base64.urlsafe_b64encode(os.urandom(60)).decode()}.ics"

    def bare(answer):
        return re.sub(rb"(?m)^Date: .*$", b"", answer.raw)
    nothing = bare(web.get("/nowhere"))
    for each in faults():
        answer = web.get(each)
        assert answer.status == 404 and bare(answer) == nothing, (each, answer.raw)
    # Nor is there anything that could be done with it, or any room for what comes with it.
    assert bare(web.post(f"/a/{token}", b"x" * BODY_MAX)) == nothing
    assert bare(web.get(f"/a/{token}", method="DELETE")) == nothing
    assert "the token in its link is none of ours" in web.daemon.log_text()
    assert token[:20] not in web.daemon.log_text()


# What is sent, and the status that it gets. "H" stands for a good Host line.
STRICT = [
    ("GET /healthz HTTP/1.1\r\nH\r\n", 200),
    ("GET /healthz HTTP/1.0\r\n\r\n", 200),
    # the request line
    ("GET /healthz\r\n\r\n", 400),
    ("GET  /healthz HTTP/1.1\r\nH\r\n", 400),
    ("GET /healthz HTTP/1.1 \r\nH\r\n", 400),
    ("GET /healthz HTTP/2.0\r\nH\r\n", 400),
    ("GET /healthz http/1.1\r\nH\r\n", 400),
    ("GET http://127.0.0.1/healthz HTTP/1.1\r\nH\r\n", 400),
    ("GET healthz HTTP/1.1\r\nH\r\n", 400),
    ("GET * HTTP/1.1\r\nH\r\n", 400),
    ("GET /health\x00z HTTP/1.1\r\nH\r\n", 400),
    ("GET /healthz\t HTTP/1.1\r\nH\r\n", 400),
    ("GET /healthz\xe5 HTTP/1.1\r\nH\r\n", 400),
    ("GET /healthz#here HTTP/1.1\r\nH\r\n", 400),
    ("\r\nGET /healthz HTTP/1.1\r\nH\r\n", 400),
    ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # TLS
    ("GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
    # headers
    ("GET /healthz HTTP/1.1\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nH" "H\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHX : 1\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHX: 1\r\n folded\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHX: 1\rY: 2\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHX: 1\nY: 2\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHX: a\x00b\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHnothing\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nH: nameless\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHExpect: a miracle\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nH" + "X: 1\r\n" * 99 + "\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nH" + "X: 1\r\n" * 100 + "\r\n", 431),
    # what libmicrohttpd would answer in words of its own
    ("GET /healthz HTTP/1.1\r\nHCookie: x=\"\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHCookie: =\r\nCookie: ;;,\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHCookie: " + "a=b;" * 1900 + "\r\n\r\n", 200),
    ("POST /nowhere HTTP/1.1\r\nHCookie: x=\"\r\nContent-Length: 1\r\n\r\nx", 404),
    ("GET /healthz HTTP/1.1\r\nHContent-Length: 0 \r\n\r\n", 200),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: \t1 \t\r\n\r\nx", 404),
    ("GET /healthz?" + "&" * 99 + " HTTP/1.1\r\nH\r\n", 200),
    ("GET /healthz?" + "&" * 100 + " HTTP/1.1\r\nH\r\n", 431),
    ("GET /healthz?" + "&" * 4000 + " HTTP/1.1\r\nH\r\n", 431),
    ("GET /healthz?" + "a=%62+&" * 99 + " HTTP/1.1\r\nHCookie: " + "a=b;" * 1500 + "\r\n" +
     "X: 1\r\n" * 98 + "\r\n", 200),
    # where a body ends
    ("GET /healthz HTTP/1.1\r\nHContent-Length: 0\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHContent-Length: 5\r\n\r\nhello", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 1, 1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: +1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 0x1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: \r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: -1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 99999999999999999999\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
     "1\r\nx\r\n0\r\n\r\n", 400),
    ("POST /nowhere HTTP/1.1\r\nHTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nx", 400),
    ("POST /nowhere HTTP/1.1\r\nHTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    ("POST /nowhere HTTP/1.1\r\nHTransfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST /nowhere HTTP/1.1\r\nH\r\n", 411),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 1\r\nContent-Encoding: gzip\r\n\r\nx", 415),
    ("POST /nowhere HTTP/1.1\r\nHContent-Length: 4\r\nContent-Type: text/plain\r\n\r\nhell", 404),
    # for whom
    ("GET /healthz HTTP/1.1\r\nHost: paminn.kommunen.internal\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHost: PAMINN.kommunen.internal:443\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHost: localhost:7780\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHost: [::1]:7780\r\n\r\n", 200),
    ("GET /healthz HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 421),
    ("GET /healthz HTTP/1.1\r\nHost: paminn.kommunen.internal.elsewhere.example\r\n\r\n", 421),
    ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1.elsewhere.example\r\n\r\n", 421),
    ("GET /nowhere HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 421),
]


def reads_strictly(box):
    web = Web(box, public_url="https://paminn.kommunen.internal")
    for text, status in STRICT:
        request = text.replace("H\r\n", f"Host: 127.0.0.1:{web.port}\r\n\r\n", 1) \
            if text.endswith("\r\nH\r\n") else text
        request = re.sub(r"\r\nH(?!ost)", f"\r\nHost: 127.0.0.1:{web.port}\r\n", request)
        answer = web.ask(request.encode("latin-1"))
        assert answer.status == status, (text, answer.raw)
        assert "max-age" in answer.headers["strict-transport-security"], answer.raw


def knows_the_methods_of_a_path(box):
    web = Web(box)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "PROPFIND"):
        answer = web.get("/healthz", "Content-Length: 0", method=method)
        assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD", answer.raw
    assert web.get("/nowhere", method="DELETE").status == 404
    assert "strict-transport-security" not in answer.headers


def bounds_size(box):
    web = Web(box)

    def headed(size):
        request = web.request("/healthz", "X: ").replace(b"X: ", b"X: %s")
        return request % (b"x" * (size - len(request) + 2))
    assert len(headed(HEAD_MAX)) == HEAD_MAX
    assert web.ask(headed(HEAD_MAX)).status == 200
    assert web.ask(headed(HEAD_MAX + 1)).status == 431
    assert web.ask(b"GET /" + b"x" * 100000).status == 431
    assert web.post("/nowhere", b"x" * BODY_MAX).status == 404
    began = time.monotonic()
    assert web.post("/nowhere", b"x" * (BODY_MAX + 1)).status == 413
    # Who only says so, and waits for leave, hears at once.
    waiting = web.request("/nowhere", "Content-Length: 4000000000", "Expect: 100-continue",
                          method="POST")
    assert web.ask(waiting).status == 413
    assert time.monotonic() - began < 5
    for blank in ("", " \t"):
        leave = web.request("/nowhere", f"Content-Length: 2{blank}",
                            f"Expect: 100-continue{blank}", method="POST")
        with web.connect() as s:
            s.sendall(leave)
            assert s.recv(100).startswith(b"HTTP/1.1 100 "), "no leave to go on"
            s.sendall(b"a=")
            assert Answer(read_all(s)).status == 404


def has_no_patience(box):
    """All at once, since each takes ten seconds."""
    web = Web(box)
    began, found, faults = time.monotonic(), {}, []

    def case(test):
        def body():
            try:
                test()
            except Exception as fault:
                faults.append(f"{test.__name__}: {fault!r}")
            found[test.__name__] = time.monotonic() - began
        thread = threading.Thread(target=body)
        thread.start()
        return thread

    def trickles(text):
        """A byte now and then, until they close; what they said then."""
        with web.connect() as s:
            s.settimeout(0.2)
            parts = []
            for byte in text:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    s.send(bytes([byte]))
                with contextlib.suppress(TimeoutError):
                    parts.append(s.recv(65536))
                    if not parts[-1]:
                        break
            else:
                raise AssertionError(f"nothing came for {time.monotonic() - began} s: {parts}")
            return Answer(b"".join(parts))

    def slow_head():
        assert trickles(b"GET /healthz HTTP/1.1\r\nX: " + b"x" * 100).status == 408

    def slow_body():
        assert trickles_after_head().status == 408

    def trickles_after_head():
        with web.connect() as s:
            s.sendall(web.request("/nowhere", "Content-Length: 100", method="POST"))
            s.settimeout(0.2)
            parts = []
            for _ in range(100):
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    s.send(b"x")
                with contextlib.suppress(TimeoutError):
                    parts.append(s.recv(65536))
                    if not parts[-1]:
                        return Answer(b"".join(parts))
            raise AssertionError("nothing came")

    def stops_in_head():
        with web.connect() as s:
            s.sendall(b"GET /healthz HTTP/1.1\r\n")
            assert Answer(read_all(s)).status == 408

    def stops_in_body():
        with web.connect() as s:
            s.sendall(web.request("/nowhere", "Content-Length: 100", method="POST", body=b"x"))
            assert Answer(read_all(s)).status == 408

    def silent():
        with web.connect() as s:
            assert read_all(s) == b""

    def refused_and_stays():
        with web.connect() as s:
            s.sendall(b"nonsense\r\n")
            assert s.recv(65536).startswith(b"HTTP/1.1 400 ")
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                for _ in range(100):
                    s.sendall(b"x" * 100)
                    time.sleep(0.1)
                raise AssertionError("they still listen")

    threads = [case(each) for each in (slow_head, slow_body, stops_in_head, stops_in_body, silent,
                                       refused_and_stays)]
    # Meanwhile others are served as if nothing were.
    while time.monotonic() - began < LATE - 1:
        asked = time.monotonic()
        assert web.get("/healthz").status == 200
        assert time.monotonic() - asked < 1
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    assert not faults, faults
    assert found.pop("refused_and_stays") < 5, found
    assert all(LATE - 0.5 < each < LATE + 2 for each in found.values()), found


def waits_for_no_slow_reader(box):
    """Who asks for much and reads nothing of it is let go in the end, and holds nobody up meanwhile."""
    plan = box.plan()
    for number in range(25):
        plan.add("measures", f"TN-{number + 10}", title="Åtgärd " + "x" * 150, owner="anna")
        plan.add("deadlines", f"KS-{number + 10}", title="Uppföljning " + "y" * 150, due="2026-09-15",
                 answers_from=["TN-*"], responsible="ola", inform=["reg"],
                 ladder="standard")
    web = Web(box, plan=plan)
    url = web.daemon.order("link", page="calendar", **{"for": "anna"})["rows"][0]["url"]
    path = url[url.index("/calendar/"):]
    whole = web.get(path)
    assert whole.status == 200 and len(whole.body) > 300000, len(whole.body)
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.settimeout(30)
        s.connect(("127.0.0.1", web.port))
        s.sendall(web.request(path))
        began = time.monotonic()
        while time.monotonic() - began < 2 * LATE:
            assert web.get("/healthz").status == 200
            time.sleep(0.3)
            if is_let_go(web.daemon.process.pid, s.getsockname()[1]):
                break
        assert LATE - 1 < time.monotonic() - began < LATE + 3, time.monotonic() - began
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while part := s.recv(65536):
                got += part
        assert len(got) < len(whole.raw), "all of it fitted into the network"


def is_let_go(pid, port):
    """Has the process no connection any more that leads to the port?"""
    connections = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    inodes = {line.split()[9] for line in connections
              if line.split()[2].endswith(f":{port:04X}")}
    mine = {os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()}
    return not any(f"socket:[{inode}]" in mine for inode in inodes)


def counts_connections(box):
    web = Web(box, connections=20, connections_per_address=8)
    held = [web.connect() for _ in range(8)]
    wait_for(lambda: web.get("/healthz").status == 429, "the share of one address is used")
    answer = web.get("/healthz")
    assert answer.status == 429 and answer.headers["retry-after"] == "10", answer.raw
    # Another address has its own share, as long as there is one.
    assert web.get("/healthz", source="127.0.0.2").status == 200
    held += [web.connect("127.0.0.2") for _ in range(8)] + [web.connect("127.0.0.3")
                                                            for _ in range(4)]
    wait_for(lambda: web.get("/healthz", source="127.0.0.4").status == 503, "all are used")
    held.pop().close()
    wait_for(lambda: web.get("/healthz", source="127.0.0.4").status == 200, "one is free")
    for each in held:
        each.close()
    wait_for(lambda: web.get("/healthz").status == 200, "all are free")
    log = web.daemon.log_text()
    assert "127.0.0.1 was refused: it has as many connections" in log, log


def believes_only_its_proxies(box):
    web = Web(box, proxies=["127.0.0.9"], connections=20, connections_per_address=2)
    body = "Content-Length: 9"

    def held(forwarded, source="127.0.0.9"):
        s = web.connect(source)
        s.sendall(web.request("/nowhere", body, *(f"X-Forwarded-For: {each}" for each in forwarded),
                              method="POST"))
        return s

    def status(forwarded, source="127.0.0.9"):
        return web.get("/healthz", *(f"X-Forwarded-For: {each}" for each in forwarded),
                       source=source).status
    # Of the proxy's visitors each has a share, and the proxy itself none that ends.
    holds = [held(["192.0.2.1"]) for _ in range(2)] + [held(["192.0.2.2"]) for _ in range(2)]
    wait_for(lambda: status(["192.0.2.1"]) == 429, "192.0.2.1 has its share")
    wait_for(lambda: status(["192.0.2.2"]) == 429, "192.0.2.2 has its share")
    assert status(["192.0.2.3"]) == 200 and status([]) == 200
    # The last address counts: what stands before it a visitor may have written. Proxies are passed over.
    assert status(["192.0.2.3, 192.0.2.1"]) == 429
    assert status(["192.0.2.3", "192.0.2.1"]) == 429
    assert status(["192.0.2.1, 127.0.0.9"]) == 429
    assert status(["192.0.2.1, 192.0.2.3"]) == 200
    assert status(["::ffff:192.0.2.1"]) == 429
    # One network of IPv6 is one address.
    holds += [held([f"2001:db8::{each}"]) for each in (1, 2)]
    wait_for(lambda: status(["2001:db8::3"]) == 429, "2001:db8::/64 has its share")
    assert status(["2001:db8:0:1::3"]) == 200
    # Of anybody else the header says nothing.
    holds += [held(["192.0.2.7"], "127.0.0.8") for _ in range(2)]
    wait_for(lambda: status(["192.0.2.8"], "127.0.0.8") == 429, "127.0.0.8 has its share")
    assert status(["192.0.2.1"], "127.0.0.7") == 200
    # What is no address is nobody's.
    assert status(["unknown"]) == 200 and status(["192.0.2.1:80"]) == 200
    for each in holds:
        each.close()
    assert "192.0.2.1 was refused" in web.daemon.log_text(), web.daemon.log_text()
    web.get("/healthz", "X-Forwarded-For: 192.0.2.5", "Content-Length: 5", source="127.0.0.9")
    assert "192.0.2.5 was refused" in web.daemon.log_text(), web.daemon.log_text()


def keeps_paths_out_of_the_log(box):
    web = Web(box)
    secret = "geheim" * 5
    web.get(f"/a/{secret}")
    web.get(f"/a/{secret}?{secret}", f"X: {secret}", method="POST")
    web.ask(f"GET /a/{secret} HTTP/1.1\r\nno header {secret}\r\n\r\n".encode())
    web.ask(f"GET /{secret} HTTP/1.1\r\nHost: {secret}.example\r\n\r\n".encode())
    web.ask(f"{secret} /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    web.post(f"/a/{secret}", f"{secret}={secret}")
    assert "was refused" in web.daemon.log_text()
    assert secret not in web.daemon.log_text(), web.daemon.log_text()
    # A flood of the same is a line or two.
    lines = len(web.daemon.log_text().splitlines())
    for _ in range(200):
        web.ask(b"nonsense\r\n")
    assert len(web.daemon.log_text().splitlines()) <= lines + 2, web.daemon.log_text()


def survives_without_descriptors(box):
    """Nobody is let in for want of a descriptor: the daemon neither spins nor ends, and goes on when
    there are some."""
    web = Web(box)
    web.daemon.expect("nobody can be let in for the moment: Too many open files")
    pid = web.daemon.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    used = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 4, before[1]))
    held = [web.connect() for _ in range(20)]
    wait_for(lambda: "nobody can be let in" in web.daemon.log_text(), "want of descriptors")

    def busy():
        fields = open(f"/proc/{pid}/stat", encoding="ascii").read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100
    began, spent = time.monotonic(), busy()
    time.sleep(2)
    assert busy() - spent < 0.5 * (time.monotonic() - began), "it spins"
    # Who has a connection already is heard.
    web.daemon.tell("note", "TN-1", note="under tiden")
    held[0].sendall(web.request("/healthz"))
    assert Answer(read_all(held[0])).status == 200
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    for each in held:
        each.close()
    wait_for(lambda: web.get("/healthz").status == 200, "descriptors are there again")


def leaves_descriptors_for_others(box):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, before[1]))
    try:
        web = Web(box, connections_per_address=512)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert "web.connections is 512, but this process may have 128 open files: 64" in \
        web.daemon.log_text(), web.daemon.log_text()
    held = [web.connect() for _ in range(64)]
    wait_for(lambda: web.get("/healthz").status == 503, "all of them are used")
    web.daemon.tell("note", "TN-1", note="under tiden")
    for each in held:
        each.close()


def moves_at_a_reload(box):
    web = Web(box)
    (other,) = free_ports(1)
    old, web.port = web.port, other
    # What has begun at the old place ends there.
    with web.connect(port=old) as begun:
        begun.sendall(b"GET /healthz HTTP/1.1\r\n")
        web.plan.settings["web"]["listen"] = f"127.0.0.1:{other}"
        web.plan.write()
        assert web.daemon.order("reload")["result"] == "ok"
        assert web.get("/healthz").status == 200
        begun.sendall(b"Host: localhost\r\n\r\n")
        assert Answer(read_all(begun)).status == 200
    with contextlib.suppress(ConnectionRefusedError):
        web.connect(port=old)
        raise AssertionError("the old port is listened to still")
    # A port that somebody else has: all stays as it is.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        web.daemon.expect("not reloaded", "can not be listened to")
        web.plan.settings["web"]["listen"] = f"127.0.0.1:{taken.getsockname()[1]}"
        web.plan.write()
        answer = web.daemon.order("reload")
        assert answer["result"] != "ok" and "can not be listened to" in answer["reason"], answer
        assert web.get("/healthz").status == 200
    # Without pages there is nobody at the door, and with them again there is.
    # Who has begun meanwhile hears that there is none any more.
    path = web.daemon.order("link", page="mine", **{"for": "anna"})["rows"][0]["url"]
    path = path[path.index("/mine/"):]
    assert web.get(path).status == 200
    settings = web.plan.settings.pop("web")
    web.plan.write()
    with web.connect() as begun:
        begun.sendall(web.request(path, "Content-Type: application/x-www-form-urlencoded",
                                  "Content-Length: 11", method="POST", body=b"action"))
        assert web.get("/healthz").status == 200  # and so its head is read
        assert web.daemon.order("reload")["result"] == "ok"
        begun.sendall(b"=send")
        assert Answer(read_all(begun)).status == 404
    with contextlib.suppress(ConnectionRefusedError):
        web.connect()
        raise AssertionError("it is listened to without web")
    web.plan.settings["web"] = {**settings, "listen": f"127.0.0.1:{other}"}
    web.plan.write()
    assert web.daemon.order("reload")["result"] == "ok"
    assert web.get("/healthz").status == 200


def stops_with_visitors(box):
    web = Web(box)
    held = []
    for request in (b"", b"GET /heal", b"nonsense\r\n",
                    web.request("/nowhere", "Content-Length: 9", method="POST", body=b"x")):
        held.append(web.connect())
        held[-1].sendall(request)
    assert web.get("/healthz").status == 200
    began = time.monotonic()
    web.daemon.process.send_signal(signal.SIGTERM)
    assert web.daemon.ended() == 0
    assert time.monotonic() - began < 5
    for each in held:
        each.close()


def outlives_a_crowd(box):
    """Connections that come and go by the thousand, whole and broken, leave nothing behind."""
    web = Web(box, connections_per_address=512)
    pid = web.daemon.process.pid

    def descriptors():
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    assert web.get("/healthz").status == 200
    before = descriptors()
    good = web.request("/healthz")
    for number in range(10000):
        with web.connect() as s:
            kind = number % 6
            if kind == 1:
                s.sendall(good[:number % len(good)])
            elif kind == 2:
                s.sendall(good)
            elif kind == 3:
                s.sendall(good)
                assert read_all(s).startswith(b"HTTP/1.1 200 ")
            elif kind == 4:
                s.sendall(b"\xff" * (number % 97 + 1))
            elif kind == 5:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                s.sendall(good[:number % len(good)])
    wait_for(lambda: descriptors() <= before, f"all have left: {before} before, {descriptors()} now")
    assert web.get("/healthz").status == 200


run(tells_health, knows_only_its_own_paths, knows_only_its_own_tokens, reads_strictly, knows_the_methods_of_a_path,
    bounds_size, counts_connections, believes_only_its_proxies, keeps_paths_out_of_the_log,
    moves_at_a_reload, stops_with_visitors, survives_without_descriptors,
    leaves_descriptors_for_others, outlives_a_crowd,
    has_no_patience, waits_for_no_slow_reader)
