# SPDX-License-Identifier: Apache-2.0
"""An HTTP server whose answer depends on the path.

    /status/NNN             that status
    /wait/NNN/SECONDS       with Retry-After: SECONDS
    /date/NNN/SECONDS       with Retry-After: the date that many seconds ahead
    /after/NNN/SECONDS      that status, after a 103 with Retry-After
    /redirect               302 to /status/200
    /drop                   takes the request, hangs up without an answer
    /dropsecond             answers the first request of a connection, hangs up after the second
    /endless, /huge, /slow  headers without end; a body without end; a minute for an answer
    /cut                    promises a body and hangs up after the status and headers
    /nonsense               a line that begins like HTTP, and is none
    /early                  100 Continue and 103 Early Hints, then hangs up

Prints its port, then for each request "CONNECTION PATH WEBHOOK-ID VERDICT TYPE SHA256"; VERDICT is
"signed" when the signature is right under MODE (whsec_BASE64, or the raw secret), which is worked
out here from the specification alone.
"""
import base64
import contextlib
import email.utils
import functools
import hashlib
import hmac
import time
from http.server import BaseHTTPRequestHandler

from peer import say, serve


def key_of(secret):
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


def verdict(secret, headers, body):
    stamp = headers.get("webhook-timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        return "stale"
    signed = f"{headers['webhook-id']}.{stamp}.".encode() + body
    mac = base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest())
    return "signed" if headers.get("webhook-signature") == "v1," + mac.decode() else "forged"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def __init__(self, asker, secret, number, connection):
        self.asker, self.secret, self.number, self.count = asker, secret, number, 0
        with contextlib.suppress(OSError):
            super().__init__(connection, None, None)
        connection.close()

    def log_message(self, *_):
        pass

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def flood(self, head, piece):
        try:
            self.wfile.write(head)
            while True:
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.count += 1
        say(self.asker, self.number, self.path, self.headers["webhook-id"], verdict(self.secret, self.headers, body),
            self.headers["Content-Type"], hashlib.sha256(body).hexdigest())
        _, what, *rest = self.path.split("/")
        if what == "status":
            self.answer(int(rest[0]))
        elif what == "wait":
            self.answer(int(rest[0]), Retry_After=rest[1])
        elif what == "date":
            at = email.utils.formatdate(time.time() + int(rest[1]), usegmt=True)
            self.answer(int(rest[0]), Retry_After=at)
        elif what == "after":
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nretry-after: %s\r\n\r\n" % rest[1].encode())
            self.answer(int(rest[0]))
        elif what == "redirect":
            self.answer(302, Location="/status/200")
        elif what == "slow":
            time.sleep(60)
            self.answer(200)
        elif what == "drop" or (what == "dropsecond" and self.count == 2):
            self.close_connection = True
        elif what == "dropsecond":
            self.answer(200)
        elif what == "endless":
            self.flood(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n")
        elif what == "huge":
            self.flood(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000)
        elif what == "cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            self.close_connection = True
        elif what == "nonsense":
            self.wfile.write(b"HTTP/ett Hej\r\nRetry-After: 9\r\n\r\nhej\r\n")
            self.close_connection = True
        elif what == "early":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n")
            self.close_connection = True


def play(mode, asker):
    serve(asker, functools.partial(Handler, asker, mode))
