"""GIF files of kinds that Pillow does not write (GIF89a specification)."""

import struct


def packed_codes(codes):
    """The bytes of pairs of a code and its bits, the lowest bit first."""
    value = length = 0
    for code, bits in codes:
        value |= code << length
        length += bits
    return value.to_bytes((length + 7) // 8, "little")


def compressed(indices, bits):
    """LZW codes that begin with a clear code and end with the code of the end."""
    clear = 1 << bits
    table = {(index,): index for index in range(clear)}
    codes, width, known = [(clear, bits + 1)], bits + 1, clear + 2
    string = ()
    for index in indices:
        if string + (index,) in table:
            string += (index,)
            continue
        codes.append((table[string], width))
        table[string + (index,)] = known
        width = max(width, known.bit_length())
        known += 1
        string = (index,)
    codes.append((table[string], width))
    return packed_codes(codes + [(clear + 1, max(width, known.bit_length()))])


def blocks(data):
    parts = (data[start:start + 255] for start in range(0, len(data), 255))
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def table_bits(palette):
    """What a field of flags says of a table of 2, 4, 8 ... colours, whose bytes these are."""
    return 0x80 | (len(palette) // 3).bit_length() - 2 if palette else 0


def screen(size, palette=b"", background=0):
    return b"GIF89a" + struct.pack("<HHBBB", *size, table_bits(palette), background, 0) + palette


def control(transparent):
    """An extension that names the transparent index."""
    return b"!\xf9\x04" + struct.pack("<BHB", 1, 0, transparent) + b"\0"


def interlaced(rows):
    return [row for start, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for row in rows[start::step]]


def frame(place, rows, bits, palette=b"", interlace=False):
    flags = table_bits(palette) | (0x40 if interlace else 0)
    head = b"," + struct.pack("<HHHHB", *place, len(rows[0]), len(rows), flags) + palette
    indices = [index for row in (interlaced(rows) if interlace else rows) for index in row]
    return head + bytes([bits]) + blocks(compressed(indices, bits))
