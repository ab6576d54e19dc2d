# SPDX-License-Identifier: Apache-2.0
"""A token server (OAuth 2.0) for a test: client credentials (RFC 6749 § 4.4) at `url`, and what a mail server
asks it about a token, introspection (RFC 7662), at `introspect`.

It listens at a port of 127.0.0.1, by HTTP, or by HTTPS with a `context`. It knows one client, and gives tokens
for one scope; each has a life in seconds, after which it is not active any more. `refuse` is an answer given
instead of a token: (status, a dict or bytes, headers). `lives` are the lives of the next tokens, then `life`;
`said` is what expires_in says if that is something else (None: nothing); `granted`, which scope they turn out to have.
"""
import base64
import contextlib
import http.server
import json
import sys
import threading
import time
import urllib.parse

SCOPE = "https://outlook.office365.com/.default"
SAME = object()


class Token:
    def __init__(self, text, life):
        self.text, self.until = text, time.monotonic() + life
        self.revoked = False

    def active(self):
        return not self.revoked and time.monotonic() < self.until


class TokenServer:
    def __init__(self, port=0, context=None, client=("paminn", "hemlig+&=/ %å"), scope=SCOPE, life=3600,
                 user="paminn@region.internal"):
        self.client, self.scope, self.life, self.user = client, scope, life, user
        self.lives, self.said, self.refuse, self.granted = [], SAME, None, scope
        self.given, self.asked, self.more = {}, [], {}
        self.lock = threading.Lock()
        self.context, self.port, self.server = context, port, None
        self.start()

    # ---- what a test does --------------------------------------------------------------------------

    @property
    def url(self):
        return f"{'https' if self.context else 'http'}://localhost:{self.port}/oauth2/v2.0/token"

    @property
    def introspect(self):
        return f"{'https' if self.context else 'http'}://localhost:{self.port}/introspect"

    def settings(self, folder, **more):
        """What paminnd.conf says of it, as `mail.oauth`; the secret's file is written."""
        secret = folder / "client.secret"
        secret.write_text(self.client[1] + "\n", encoding="utf-8")
        secret.chmod(0o600)
        return {"token_url": self.url, "client_id": self.client[0],
                "client_secret_file": str(secret), "scope": self.scope, **more}

    def active(self, text):
        """Is this a token that was given here, and is good?"""
        with self.lock:
            return text in self.given and self.given[text].active()

    def revoke(self):
        """All that were given are good for nothing from now on, whatever was said of their lives."""
        with self.lock:
            for token in self.given.values():
                token.revoked = True

    def start(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), self.handler())
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # whoever hangs up: nothing to print
        if self.context:
            server.socket = self.context.wrap_socket(server.socket, server_side=True)
        self.port, self.server = server.server_port, server
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        """It is down, until it is started again."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
        self.server = None

    # ---- what it answers ---------------------------------------------------------------------------

    def answer_token(self, form):
        with self.lock:
            self.asked.append(dict(form))
            if self.refuse:
                return self.refuse
            if form.get("grant_type") != "client_credentials":
                return 400, {"error": "unsupported_grant_type"}, {}
            if (form.get("client_id"), form.get("client_secret")) != self.client:
                return 401, {"error": "invalid_client", "error_description":
                             "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 0815"}, {}
            if form.get("scope") != self.scope:
                return 400, {"error": "invalid_scope", "error_description":
                             "AADSTS1002012: The provided value for scope is not valid."}, {}
            life = self.lives.pop(0) if self.lives else self.life
            text = f"eyJ0eXAi.{len(self.given) + 1:04d}-~+/x=="
            self.given[text] = Token(text, life)
            said = life if self.said is SAME else self.said
            return 200, {"token_type": "Bearer", "access_token": text, **self.more,
                         **({} if said is None else {"expires_in": said})}, {}

    def answer_introspection(self, form):
        with self.lock:
            token = self.given.get(form.get("token"))
        if not token or not token.active():
            return 200, {"active": False}, {}
        return 200, {"active": True, "scope": self.granted, "username": self.user, "sub": self.user,
                     "email": self.user, "client_id": self.client[0], "token_type": "Bearer",
                     "exp": int(time.time() + token.until - time.monotonic())}, {}

    def handler(tokens):  # noqa: N805
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def form(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                query = urllib.parse.urlsplit(self.path).query
                return dict(urllib.parse.parse_qsl(query) + urllib.parse.parse_qsl(body))

            def do_POST(self):
                form = self.form()
                bearer = self.headers.get("Authorization", "").partition("Bearer ")[2]
                if self.path.startswith("/introspect"):
                    self.say(*tokens.answer_introspection({"token": bearer, **form}))
                elif self.path == "/oauth2/v2.0/token":
                    self.say(*tokens.answer_token(form))
                else:
                    self.say(404, {"error": "not_found"}, {})

            do_GET = do_POST

            def say(self, status, body, headers):
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Cache-Control": "no-store",
                                    "Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(data)

            def log_message(self, *args):
                pass

        return Handler


def bearer_of(response):
    """The user and the token of an XOAUTH2 response, as it was before base64."""
    user, auth = response.decode().split("\x01")[:2]
    return user.partition("user=")[2], auth.partition("auth=Bearer ")[2]


def xoauth2(accepts, refusal="535 5.7.3 Authentication unsuccessful", challenge=False):
    """For aiosmtpd: the method `auth_XOAUTH2` of a handler, which lets in whom accepts(user, token) does. With a
    challenge the refusal is told first as JSON in a 334, as Google does, and then as it stands."""
    from aiosmtpd.smtp import MISSING, AuthResult, LoginPassword

    async def auth_XOAUTH2(server, args):
        response = base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        if response is MISSING:
            return AuthResult(success=False, handled=True)
        user, token = bearer_of(response)
        if accepts(user, token):
            return AuthResult(success=True, auth_data=LoginPassword(user.encode(), token.encode()))
        if challenge:
            await server.challenge_auth(json.dumps({"status": "401", "schemes": "Bearer"}))
        await server.push(refusal)
        return AuthResult(success=False, handled=True)
    return auth_XOAUTH2


if __name__ == "__main__":
    # tokens.py PORT: one to try out by hand.
    kept = TokenServer(int(sys.argv[1]))
    print(kept.url, flush=True)
    threading.Event().wait()
