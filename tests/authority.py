# SPDX-License-Identifier: Apache-2.0
"""A certificate authority for a test: made by openssl in a folder, trusted by nobody else."""
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Authority:
    def __init__(self, folder, name="ca"):
        self.folder, self.name, self.count = Path(folder), name, 0
        self.ca = self.folder / f"{name}.pem"
        openssl("req", "-x509", *self.new_key(name), "-out", self.ca, "-days", "2",
                "-subj", f"/CN=Authority {name} of a test")

    def new_key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                self.folder / f"{name}.key")

    def issue(self, names="DNS:localhost,IP:127.0.0.1", days=2):
        """The paths of a server's certificate for the names, and of its key; it is good for so many
        days, or, when they are negative, has not been for as many."""
        self.count += 1
        name = f"{self.name}-{self.count}"
        request, certificate = self.folder / f"{name}.csr", self.folder / f"{name}.pem"
        openssl("req", *self.new_key(name), "-out", request, "-subj", "/CN=server",
                "-addext", f"subjectAltName={names}")
        # By `ca`, which takes the dates as such: `x509` has them from OpenSSL 3.4 on only, and takes
        # no negative days since then.
        now = datetime.now(timezone.utc)
        began, ends = now - timedelta(days=1 + abs(days)), now + timedelta(days=days)
        openssl("ca", "-batch", "-notext", "-config", self.settings(), "-in", request, "-out",
                certificate, "-startdate", f"{began:%Y%m%d%H%M%SZ}", "-enddate",
                f"{ends:%Y%m%d%H%M%SZ}")
        return certificate, self.folder / f"{name}.key"

    def settings(self):
        """A configuration for `openssl ca`, and the files that it wants to keep."""
        folder, path = self.folder / f"{self.name}.d", self.folder / f"{self.name}.conf"
        folder.mkdir(exist_ok=True)
        (folder / "index").touch()
        path.write_text(f"""
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index
certificate = {self.ca}
private_key = {self.folder}/{self.name}.key
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
""")
        return path
