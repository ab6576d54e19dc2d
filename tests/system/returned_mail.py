# SPDX-License-Identifier: Apache-2.0
"""What comes back of a mail that the sink got: reports and replies made for it, as servers and people write them."""
import email.utils
import re

ZONED = "Tue, 12 May 2026 09:12:31 +0200"


def token(mail):
    """The token of the mail's envelope sender."""
    return re.match(r"[^+]+\+([^@]+)@", mail.sender)[1]


def headers(mail):
    """The mail's own headers, as a report returns them."""
    return mail.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode() + "\n"


def report(mail, action="failed", status="5.1.1", said="550 5.1.1 no such mailbox", envid=None,
           returned=True, to=None, number=1):
    """A report of RFC 3464 as Postfix writes it. number: another one is another report."""
    envelope = f"Original-Envelope-Id: {envid}\n" if envid else ""
    part = f"\n--b{number}\nContent-Type: text/rfc822-headers\n\n{headers(mail)}" if returned else ""
    return f"""From: MAILER-DAEMON@mx.kommunen.internal (Mail Delivery System)
To: {to or mail.sender}
Subject: Undelivered Mail Returned to Sender
Date: {ZONED}
Message-ID: <{number}.bounce@mx.kommunen.internal>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b{number}"

--b{number}
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.kommunen.internal.

--b{number}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kommunen.internal
{envelope}
Final-Recipient: rfc822; {mail.to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}
{part}
--b{number}--
""".encode()


def automatic(mail, number=1):
    """An automatic reply of RFC 3834."""
    return f"""From: {mail.to}
To: {email.utils.parseaddr(mail.message["Reply-To"])[1]}
Subject: =?utf-8?q?Automatiskt_svar=3A?= {number}
Date: {ZONED}
Message-ID: <{number}.away@kommunen.internal>
In-Reply-To: {mail.id}
Auto-Submitted: auto-replied (vacation)

Jag =C3=A4r tillbaka den 1 juni.
""".encode()


def reply(mail, text, number=1):
    """What a person answers."""
    return f"""From: {mail.to}
To: {email.utils.parseaddr(mail.message["Reply-To"])[1]}
Subject: SV: ...
Date: {ZONED}
Message-ID: <{number}.reply@kommunen.internal>
In-Reply-To: {mail.id}
References: {mail.id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}
""".encode()


def large(raw, size):
    """The same mail with so many bytes of an attachment that nobody reads."""
    head, _, body = raw.partition(b"\n\n")
    boundary = re.search(rb'boundary="([^"]+)"', head)[1]
    part = b"--" + boundary + b"\nContent-Type: application/octet-stream\n" \
        b"Content-Transfer-Encoding: base64\n\n" + (b"A" * 76 + b"\n") * (size // 77) + b"\n"
    end = b"--" + boundary + b"--"
    return head + b"\n\n" + body.replace(end, part + end)


def bomb(depth):
    """Parts within parts within parts."""
    inner = b"Content-Type: text/plain\n\nhej\n"
    for level in range(depth):
        inner = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n%s\n--b%d--\n' % (
            level, level, inner, level)
    return b"From: a@kommunen.internal\nSubject: bomb\nMIME-Version: 1.0\n" + inner
