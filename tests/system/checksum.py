# SPDX-License-Identifier: Apache-2.0
"""The checksums of rows (daemon/ledger/checksum.h) once more, for tests that write in a store themselves."""
import base64

MASK = (1 << 64) - 1


def siphash(key, data):
    """SipHash-2-4, as its authors have it (https://www.aumasson.jp/siphash/siphash.pdf)."""
    k0, k1 = (int.from_bytes(key[at:at + 8], "little") for at in (0, 8))
    v = [k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573]

    def turn(word, bits):
        return (word << bits | word >> 64 - bits) & MASK

    def rounds(count):
        for _ in range(count):
            v[0] = v[0] + v[1] & MASK
            v[2] = v[2] + v[3] & MASK
            v[1], v[3] = turn(v[1], 13) ^ v[0], turn(v[3], 16) ^ v[2]
            v[0] = turn(v[0], 32)
            v[2], v[0] = v[2] + v[1] & MASK, v[0] + v[3] & MASK
            v[1], v[3] = turn(v[1], 17) ^ v[2], turn(v[3], 21) ^ v[0]
            v[2] = turn(v[2], 32)

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 0xff])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at:at + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xff
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def encoded(value):
    if value is None:
        return bytes(9)
    if isinstance(value, int):
        return b"\1" + (value & MASK).to_bytes(8, "little")
    raw = value if isinstance(value, bytes) else value.encode()
    return b"\2" + len(raw).to_bytes(8, "little") + raw


def checksum(store, table, values):
    """Of a row of these values, in the order in which its description in the code has them."""
    ((key,),) = store.execute("SELECT value FROM fact WHERE name = 'checksum-key'")
    total = siphash(base64.b64decode(key), b"".join(map(encoded, (table, *values))))
    return total - (1 << 64) if total >> 63 else total


def anew(store):
    """What was changed on purpose gets its checksum with the next start."""
    store.execute("UPDATE fact SET value = '' WHERE name = 'checksum-key'")
