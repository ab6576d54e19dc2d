# SPDX-License-Identifier: Apache-2.0
"""The servers of a test program: one process of Python with threads for each, since to start Python and load what
a server needs is nearly all the work of it.

Standard input is a socket that each request for a server comes over: "peer_NAME MODE", and with it a socket to
who asked. The module peer_NAME has play(MODE, SOCKET), which says its port and what it sees over that until
the other side says no more. Ends when standard input does.
"""
import contextlib
import importlib
import socket
import threading


def say(asker, *words):
    with contextlib.suppress(OSError):  # a thread that is late, and nobody hears it
        asker.sendall(" ".join(map(str, words)).encode() + b"\n")


def serve(asker, converse, *also):
    """A port where converse(NUMBER, CONNECTION) has a thread for each connection, until the asker says no more."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    connections, threads = [], []

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connections.append(listener.accept()[0])
                threads.append(threading.Thread(target=converse, args=(len(connections), connections[-1]),
                                                daemon=True))
                threads[-1].start()

    threading.Thread(target=accept, daemon=True).start()
    for each in (listener.getsockname()[1], *also):
        say(asker, each)
    asker.recv(1)
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for each in threads:  # what has been said is still to be heard
        each.join(0.2)
    for each in connections:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def play(name, mode, asker):
    with asker:
        importlib.import_module(name).play(mode, asker)


def main():
    control = socket.socket(fileno=0)
    while (told := socket.recv_fds(control, 4096, 1))[0]:
        name, mode = told[0].decode().split(" ", 1)
        asker = socket.socket(fileno=told[1][0])
        threading.Thread(target=play, args=(name, mode, asker), daemon=True).start()


if __name__ == "__main__":
    main()
