"""The four kinds of things that are annotated. Each stands on the point (x, y)."""

import numpy as np

from .canvas import bend, ellipse, polygon, stroke

INK = (0.16, 0.10, 0.09)


def ball(x, y, radius_x, radius_y, dark, bright):
    """The shading of a ball that is lit from the upper left."""

    def shade(px, py):
        u, v = (px - x) / radius_x, (py - y) / radius_y
        facing = np.sqrt(np.clip(1 - u * u - v * v, 0, 1)) * 0.62 - u * 0.48 - v * 0.62
        amount = np.clip(facing, 0, 1)[..., None]
        return np.asarray(dark) + (np.asarray(bright) - np.asarray(dark)) * amount

    return shade


def fade(start, end, first, last):
    """A gradient from the point `start` to the point `end`."""
    (ax, ay), (bx, by) = start, end
    square = (bx - ax) ** 2 + (by - ay) ** 2

    def shade(px, py):
        along = np.clip(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square, 0, 1)[..., None]
        return np.asarray(first) + (np.asarray(last) - np.asarray(first)) * along

    return shade


def coconut(canvas, random, x, y, size, half=False, green=False):
    """A nut of this width; `half` shows a cut one with its white flesh."""
    radius, middle = size / 2, y - size * 0.48
    dark, bright = (
        ((0.16, 0.30, 0.06), (0.62, 0.80, 0.28))
        if green
        else ((0.22, 0.11, 0.05), (0.70, 0.45, 0.24))
    )
    pen = max(0.8, size * 0.035)
    shell = ellipse(x, middle, radius - pen, (radius - pen) * 0.96)
    canvas.paint(
        shell, ball(x, middle, radius, radius, dark, bright), outline=INK, outline_width=pen
    )
    if half:
        tilt = random.uniform(-0.25, 0.25)
        rim = ellipse(x, middle - size * 0.06, radius * 0.86, radius * 0.70, tilt)
        canvas.paint(rim, (0.98, 0.96, 0.90), outline=(0.30, 0.17, 0.09), outline_width=pen)
        bowl = ellipse(x, middle - size * 0.03, radius * 0.60, radius * 0.43, tilt)
        canvas.paint(
            bowl,
            fade(
                (x, middle - radius / 2),
                (x, middle + radius / 2),
                (0.74, 0.73, 0.70),
                (0.95, 0.94, 0.90),
            ),
        )
        return
    for _ in range(0 if green else int(6 + size / 4)):
        turn, spot = random.uniform(0, 2 * np.pi), np.sqrt(random.uniform(0, 0.55))
        px, py = x + np.cos(turn) * spot * radius, middle + np.sin(turn) * spot * radius
        fibre = bend(
            [(px, py - size * 0.07), (px + (px - x) * 0.15, py), (px, py + size * 0.07)], 4
        )
        canvas.paint(stroke(fibre, size * 0.02), dark if random.random() < 0.6 else bright, 0.55)
    if not green:
        turn = random.uniform(-0.5, 0.5)
        for eye in (-0.5, 0.5, 1.55):
            px = x + np.sin(turn + eye) * radius * 0.30
            py = middle - size * 0.10 - np.cos(turn + eye) * radius * 0.26
            canvas.paint(ellipse(px, py, size * 0.058, size * 0.068), (0.10, 0.05, 0.03))
    canvas.paint(
        ellipse(x - radius * 0.36, middle - radius * 0.50, radius * 0.20, radius * 0.11, -0.6),
        (1, 0.95, 0.85),
        0.45,
        soft=size * 0.06,
    )


def palm(canvas, random, x, y, size, lean=0.2, fronds=9):
    """A palm of about this height whose crown stands `lean` heights to the right."""
    crown = np.array([x + lean * size, y - size * 0.76])
    spine = bend([(x, y), (x + lean * size * 0.05, y - size * 0.45), crown], 22)
    width = size * 0.075
    bark = fade((x - width, y), (x + width, y), (0.72, 0.54, 0.36), (0.42, 0.28, 0.18))
    canvas.paint(
        stroke(spine, width, width * 0.55), bark, outline=INK, outline_width=max(0.8, size * 0.007)
    )
    for index in range(2, len(spine) - 1):
        across = width * (0.46 - 0.20 * index / len(spine))
        px, py = spine[index]
        ring = bend(
            [
                (px - across, py - 0.3 * across),
                (px, py + 0.5 * across),
                (px + across, py - 0.3 * across),
            ],
            5,
        )
        canvas.paint(stroke(ring, max(0.7, size * 0.009)), (0.34, 0.21, 0.13), 0.8)
    angles = [angle + random.uniform(-7, 7) for angle in np.linspace(-200, 20, fronds)]
    order = sorted(range(fronds), key=lambda index: abs(angles[index] + 90))
    for index in order:
        _frond(canvas, random, crown, np.radians(angles[index]), size * random.uniform(0.36, 0.42))
    for turn in (0.3, 1.5, 2.7):
        px, py = crown + np.array([np.cos(turn), np.sin(turn)]) * size * 0.028
        canvas.paint(
            ellipse(px, py, size * 0.021),
            (0.36, 0.22, 0.10),
            outline=INK,
            outline_width=max(0.5, size * 0.005),
        )


def _frond(canvas, random, root, angle, length):
    """A leaf that leaves the crown at this angle and droops."""
    side = 1 if np.cos(angle) > 0 else -1
    out = np.array([side * max(0.34, abs(np.cos(angle))), np.sin(angle)])
    tip = root + out * length * np.array([1.0, 0.62]) + (0, length * 0.42)
    spine = bend([root, root + out * length * 0.55 + (0, -length * 0.16), tip], 15)
    along = np.gradient(spine, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.hypot(normal[:, 0], normal[:, 1])[:, None]
    reach = length * 0.15 * np.sin(np.pi * np.linspace(0.04, 0.97, 15) ** 0.75)[:, None]
    teeth = np.where(np.arange(15) % 2, 1.0, 0.52)[:, None]
    back = -along / np.hypot(along[:, 0], along[:, 1])[:, None] * reach * -0.5
    leaf = np.concatenate(
        [
            spine + normal * reach * teeth + back * teeth,
            (spine - normal * reach * teeth + back * teeth)[::-1],
        ]
    )
    tone = random.uniform(-0.04, 0.05)
    shade = fade(root, tip, (0.07 + tone, 0.34 + tone, 0.15), (0.36 + tone, 0.68 + tone, 0.22))
    canvas.paint(
        polygon(leaf), shade, outline=(0.04, 0.20, 0.09), outline_width=max(0.6, length * 0.014)
    )
    canvas.paint(stroke(spine[1:-2], length * 0.022, length * 0.008), (0.62, 0.80, 0.36), 0.8)


def crab(canvas, random, x, y, size, wave=0.0, hue=0.0):
    """A crab of about this width from claw to claw; `wave` lifts its right claw."""
    body = y - size * 0.26
    dark, bright = (0.55, 0.08 + hue, 0.05), (1.0, 0.45 + hue, 0.26)
    pen = max(0.8, size * 0.018)
    for side in (-1, 1):
        for leg in range(3):
            start = (x + side * size * (0.16 + 0.03 * leg), body + size * (0.02 + 0.04 * leg))
            knee = (x + side * size * (0.40 - 0.05 * leg), body - size * (0.04 - 0.07 * leg))
            foot = (x + side * size * (0.44 - 0.08 * leg), y - size * (0.06 - 0.025 * leg))
            canvas.paint(
                stroke([start, knee, foot], size * 0.055, size * 0.03),
                (0.80, 0.22 + hue, 0.12),
                outline=INK,
                outline_width=pen,
            )
        lift = wave if side > 0 else 0.0
        elbow = (x + side * size * 0.35, body - size * (0.10 + 0.10 * lift))
        hand = (x + side * size * (0.36 - 0.04 * lift), body - size * (0.25 + 0.22 * lift))
        canvas.paint(
            stroke([(x + side * size * 0.2, body - size * 0.03), elbow, hand], size * 0.07),
            (0.80, 0.22 + hue, 0.12),
            outline=INK,
            outline_width=pen,
        )
        _claw(canvas, hand, size, side, dark, bright, pen)
    for side in (-1, 1):
        eye = (x + side * size * 0.085, body - size * 0.27)
        canvas.paint(
            stroke([(eye[0], body - size * 0.1), eye], size * 0.04),
            (0.80, 0.22 + hue, 0.12),
            outline=INK,
            outline_width=pen,
        )
        canvas.paint(ellipse(*eye, size * 0.06), (1, 1, 1), outline=INK, outline_width=pen)
        canvas.paint(
            ellipse(eye[0] + size * 0.012, eye[1] + size * 0.01, size * 0.03), (0.05, 0.05, 0.08)
        )
    shell = ellipse(x, body, size * 0.27, size * 0.17)
    canvas.paint(
        shell, ball(x, body, size * 0.30, size * 0.22, dark, bright), outline=INK, outline_width=pen
    )
    for _ in range(4):
        px, py = x + random.uniform(-0.16, 0.16) * size, body - random.uniform(0.04, 0.10) * size
        canvas.paint(ellipse(px, py, size * 0.016), (1, 0.82, 0.60), 0.7)
    smile = bend(
        [
            (x - size * 0.09, body + size * 0.05),
            (x, body + size * 0.12),
            (x + size * 0.09, body + size * 0.05),
        ],
        8,
    )
    canvas.paint(stroke(smile, max(0.7, size * 0.022)), (0.28, 0.03, 0.03))


def _claw(canvas, hand, size, side, dark, bright, pen):
    px, py = hand[0], hand[1] - size * 0.05
    turn = np.linspace(-0.9, 2 * np.pi - 2.1, 14) - (0 if side > 0 else 0.15)
    radius = size * 0.115
    rim = [
        (px + side * np.cos(angle) * radius * 0.9, py + np.sin(angle) * radius * 1.15)
        for angle in turn
    ]
    claw = polygon([(px, py - radius * 0.1), *rim])
    canvas.paint(
        claw, ball(px, py, radius * 1.2, radius * 1.4, dark, bright), outline=INK, outline_width=pen
    )


def boat(canvas, random, x, y, size, sail=(0.97, 0.95, 0.90), hull=(0.78, 0.16, 0.16), facing=1):
    """A sailing boat of this length on the water; `facing` is 1 to the right, -1 to the left."""

    def at(along, up):
        return (x + facing * along * size, y - up * size)

    pen = max(0.8, size * 0.012)
    dark = np.asarray(hull) * 0.55
    canvas.paint(
        stroke([at(-0.02, 0.1), at(-0.02, 1.12)], size * 0.03),
        (0.55, 0.38, 0.22),
        outline=INK,
        outline_width=pen * 0.8,
    )
    main = np.concatenate(
        [
            [at(-0.05, 1.06)],
            bend([at(-0.05, 1.06), at(-0.40, 0.62), at(-0.46, 0.27)], 10),
            [at(-0.05, 0.25)],
        ]
    )
    canvas.paint(
        polygon(main),
        fade(at(-0.46, 0.3), at(-0.05, 0.8), np.asarray(sail) * 0.80, sail),
        outline=INK,
        outline_width=pen,
    )
    jib = np.concatenate(
        [
            [at(0.02, 0.98)],
            bend([at(0.02, 0.98), at(0.24, 0.62), at(0.44, 0.25)], 10),
            bend([at(0.44, 0.25), at(0.2, 0.32), at(0.03, 0.25)], 6),
        ]
    )
    canvas.paint(
        polygon(jib),
        fade(at(0.02, 0.3), at(0.40, 0.5), sail, np.asarray(sail) * 0.86),
        outline=INK,
        outline_width=pen,
    )
    flag = [at(-0.02, 1.13), at(-0.20, 1.09), at(-0.02, 1.04)]
    canvas.paint(polygon(flag), hull, outline=INK, outline_width=pen * 0.7)
    deck = np.concatenate(
        [
            bend([at(-0.5, 0.21), at(0.05, 0.13), at(0.54, 0.23)], 10),
            bend([at(0.54, 0.23), at(0.40, 0.02), at(0.26, 0.0)], 6),
            bend([at(-0.30, 0.0), at(-0.46, 0.02), at(-0.5, 0.21)], 6),
        ]
    )
    canvas.paint(
        polygon(deck), fade(at(0, 0.2), at(0, 0.0), hull, dark), outline=INK, outline_width=pen
    )
    stripe = bend([at(-0.47, 0.165), at(0.05, 0.095), at(0.47, 0.18)], 10)
    canvas.paint(stroke(stripe, size * 0.022), (1, 1, 1), 0.85)
    for index in range(3):
        canvas.paint(ellipse(*at(-0.22 + 0.17 * index, 0.075), size * 0.022), (0.98, 0.88, 0.55))


KINDS = {"boat": boat, "coconut": coconut, "crab": crab, "palm": palm}
