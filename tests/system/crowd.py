#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""crowd.py PORT COUNT: COUNT connections to the pages at 127.0.0.1:PORT, from as many addresses as it takes for
none to have more than 30, held until standard input ends. Most say nothing; every tenth sends a request a
byte now and then, from its first byte or from its body's. One that is closed comes again. Prints "there"
once all are."""
import asyncio
import os
import sys

EACH = 30  # of an address
HEAD = b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
BODY = b"x" * 60000


class Visitor:
    def __init__(self, number, port, arrived):
        self.source = (f"127.0.{1 + number // EACH // 250}.{1 + number // EACH % 250}", 0)
        self.port, self.arrived = port, arrived
        self.at_once, self.slowly = ((HEAD, BODY) if number % 20 == 0 else
                                     (b"", HEAD) if number % 20 == 10 else (b"", b""))

    async def stay(self):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port,
                                                               local_addr=self.source)
                self.arrived()
                async with asyncio.TaskGroup() as both:
                    both.create_task(self.read(reader, writer))
                    both.create_task(self.write(writer))
            except* OSError:
                await asyncio.sleep(0.1)

    async def read(self, reader, writer):
        try:
            while await reader.read(65536):
                pass
            raise ConnectionResetError  # so that the writing ends as well
        finally:
            writer.close()

    async def write(self, writer):
        writer.write(self.at_once)
        for byte in self.slowly:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.3)


async def main(port, count):
    there = 0

    def arrived():
        nonlocal there
        there += 1
        if there == count:
            print("there", flush=True)
    everybody = [asyncio.create_task(Visitor(number, port, arrived).stay())
                 for number in range(count)]
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    assert len(everybody) == count
    os._exit(0)  # nobody says goodbye


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
