# SPDX-License-Identifier: Apache-2.0
"""A certificate authority for a test: made by openssl in a folder, trusted by nobody else."""
import subprocess
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
        """The paths of a server's certificate for the names, and of its key; days -1: expired."""
        self.count += 1
        name = f"{self.name}-{self.count}"
        request, certificate = self.folder / f"{name}.csr", self.folder / f"{name}.pem"
        openssl("req", *self.new_key(name), "-out", request, "-subj", "/CN=server",
                "-addext", f"subjectAltName={names}")
        openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey",
                self.folder / f"{self.name}.key", "-CAcreateserial", "-days", days,
                "-copy_extensions", "copy", "-out", certificate)
        return certificate, self.folder / f"{name}.key"
