"""Writes glyphs.bin, the outlines that copra letters pictures with.

    pip install fonttools
    python3 make_glyphs.py /usr/share/fonts/truetype/dejavu/DejaVuSansCondensed.ttf

The file, all numbers of more than a byte being LEB128 (signed ones as zigzag):

    units an em · ascent · descent (below the line, positive) · number of glyphs
    for each glyph, by rising code point: code point less that of the glyph before · advance · number of bytes
    for each glyph, in the same order: its contours up to its last byte, each being
        number of points · for each point: 2 × zigzag(x less that before) + (1 on the curve) · zigzag(y less that before)

Curves are TrueType's quadratic ones; y points down from the line that letters stand on.
"""

import sys

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

UNITS = 1024
RANGES = [
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x218, 0x21B), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x493),
    (0x1E9E, 0x1E9E), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030),
    (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
]


def number(value):
    """An unsigned number as LEB128."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return 2 * value if value >= 0 else -2 * value - 1


def contours(glyphs, name, scale):
    """The points of each contour, (x, y, is on the curve), with y down."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    result = []
    for operator, points in pen.value:
        scaled = [None if p is None else (round(p[0] * scale), -round(p[1] * scale)) for p in points]
        if operator == "moveTo":
            result.append([(*scaled[0], True)])
        elif operator == "lineTo":
            result[-1].append((*scaled[0], True))
        elif operator == "qCurveTo":
            if scaled[-1] is None:
                result.append([])
            result[-1] += [(*p, False) for p in scaled[:-1]]
            if scaled[-1] is not None:
                result[-1].append((*scaled[-1], True))
    for contour in result:
        if len(contour) > 1 and contour[0] == contour[-1]:
            contour.pop()
    return [contour for contour in result if len(contour) > 2]


def outline(glyphs, name, scale):
    out = bytearray()
    x = y = 0
    for contour in contours(glyphs, name, scale):
        out += number(len(contour))
        for px, py, on in contour:
            out += number(2 * zigzag(px - x) + on) + number(zigzag(py - y))
            x, y = px, py
    return bytes(out)


def main():
    font = TTFont(sys.argv[1])
    scale = UNITS / font["head"].unitsPerEm
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    points = [code for first, last in RANGES for code in range(first, last + 1) if code in names]
    head, body, before = bytearray(), bytearray(), 0
    for code in points:
        data = outline(glyphs, names[code], scale)
        head += number(code - before) + number(round(glyphs[names[code]].width * scale)) + number(len(data))
        body += data
        before = code
    metrics = font["hhea"]
    start = b"".join(map(number, [
        UNITS, round(metrics.ascent * scale), round(-metrics.descent * scale), len(points)]))
    with open(sys.path[0] + "/glyphs.bin", "wb") as file:
        file.write(start + head + body)
    print(len(points), "glyphs,", len(start + head + body), "bytes")


main()
