# SPDX-License-Identifier: Apache-2.0
"""peer_http.py over TLS, under an authority made for the occasion.

MODE: "good", or its certificate is by an authority that nobody trusts ("other"), for another host ("name")
or expired ("expired"). The secret is "secret". Prints its port, the path of the authority's certificate,
and then what peer_http.py prints.
"""
import contextlib

import peer_authority
from peer import serve
from peer_http import Handler


def play(mode, asker):
    context = peer_authority.context(mode)

    def converse(number, connection):
        with contextlib.suppress(OSError):  # a client that hangs up when it has seen the certificate
            Handler(asker, "secret", number, context.wrap_socket(connection, server_side=True))
    serve(asker, converse, peer_authority.trusted().ca)
