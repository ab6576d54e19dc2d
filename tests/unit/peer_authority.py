# SPDX-License-Identifier: Apache-2.0
"""The authority of the servers that speak TLS, and what they show: made once for all of a test program."""
import functools
import ssl
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from authority import Authority  # noqa: E402

folder = tempfile.TemporaryDirectory(prefix="paminn-unit-tls-")


@functools.cache
def trusted():
    return Authority(folder.name)


@functools.cache
def showing(fault):
    issuer = Authority(folder.name, "other") if fault == "other" else trusted()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*issuer.issue(
        "DNS:elsewhere.example" if fault == "name" else "DNS:localhost,IP:127.0.0.1",
        -1 if fault == "expired" else 2))
    return context


def context(mode):
    """What a server shows: by another authority, for another host or expired, if that is a word of the mode."""
    trusted()
    return showing(next((word for word in mode.split("-") if word in ("other", "name", "expired")), None))
