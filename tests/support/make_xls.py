#!/usr/bin/env python3
"""Writes an old Excel file (BIFF8 in a compound file): make_xls.py OUT.xls < sheets.json

The input is as for make_xlsx.py; cells are null, text or a number. [MS-XLS] and [MS-CFB] describe the
records; only those are written that a reader needs."""
import json
import struct
import sys

SECTOR = 512
END, FREE, IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind):
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def text(value):
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


def sheet(rows, strings):
    width = max(len(row) for row in rows)
    out = begin(0x0010) + record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                out += record(0x00FD, struct.pack("<HHHI", y, x, 0, strings.index(value)))
            elif value is not None:
                out += record(0x0203, struct.pack("<HHHd", y, x, 0, value))
    return out + record(0x000A)


def workbook(sheets):
    strings = sorted({v for _, rows in sheets for row in rows for v in row if isinstance(v, str)})
    bodies = [sheet(rows, strings) for _, rows in sheets]
    table = record(0x00FC, struct.pack("<II", len(strings), len(strings)) + b"".join(map(text, strings)))
    assert len(table) < 8228, "the table of strings would need to be continued"
    head = begin(0x0005) + record(0x0042, struct.pack("<H", 1200))
    head += record(0x0022, struct.pack("<H", 0)) + record(0x00E0, bytes(20))
    names = [struct.pack("<BB", len(n), 1) + n.encode("utf-16-le") for n, _ in sheets]
    at = len(head) + sum(4 + 6 + len(n) for n in names) + len(table) + len(record(0x000A))
    for name, body in zip(names, bodies):
        head += record(0x0085, struct.pack("<IH", at, 0) + name)
        at += len(body)
    return head + table + record(0x000A) + b"".join(bodies)


def entry(name, kind, child, start, size):
    letters = name.encode("utf-16-le")
    fields = struct.pack("<HBBIII", len(letters) + 2, kind, 1, FREE, FREE, child)
    return letters.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<IQ", start, size)


def compound(stream):
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    n = len(stream) // SECTOR
    assert n <= SECTOR // 4 - 2, "more sectors than one allocation table holds"
    fat = [IS_FAT, END] + [i + 3 for i in range(n - 1)] + [END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    head = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<I", 0) + b"\xFF" * 4 * 108
    return head + struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(SECTOR, b"\0") + stream


def main():
    with open(sys.argv[1], "wb") as out:
        out.write(compound(workbook(json.load(sys.stdin))))


if __name__ == "__main__":
    main()
