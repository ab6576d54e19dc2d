# SPDX-License-Identifier: Apache-2.0
"""peer_http.py over TLS, under an authority made for the occasion.

peer_https.py MODE: "good", or its certificate is by an authority that nobody trusts ("other"), for
another host ("name") or expired ("expired"). The secret is "secret". Prints its port, the path of the
authority's certificate, and then what peer_http.py prints.
"""
import ssl
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import peer_http

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402

mode, sys.argv[1] = sys.argv[1], "secret"


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that hangs up when it has seen the certificate


with tempfile.TemporaryDirectory(prefix="paminn-unit-https-") as folder:
    trusted, other = Authority(folder), Authority(folder, "other")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*(other if mode == "other" else trusted).issue(
        "DNS:elsewhere.example" if mode == "name" else "DNS:localhost,IP:127.0.0.1",
        -1 if mode == "expired" else 2))
    server = Server(("127.0.0.1", 0), peer_http.Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], trusted.ca, sep="\n", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
