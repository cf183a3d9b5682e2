"""The twelve pictures: what stands where, from the farthest thing to the nearest."""

from dataclasses import dataclass, field


@dataclass
class Thing:
    """An object: its kind, the point it stands on, its size, and what its painter wants."""

    kind: str
    x: float
    y: float
    size: float
    pose: str = "Unspecified"
    difficult: bool = False
    look: dict = field(default_factory=dict)


@dataclass
class Scene:
    """A picture: its size as shown, its scenery and its things."""

    size: tuple
    hour: str
    horizon: float
    shore: float | None
    sun: tuple | None
    things: list
    split: str = "train"
    clouds: int = 3
    hills: tuple = ()
    gulls: tuple = ()
    grey: bool = False
    orientation: int = 1


def palm(x, y, size, lean=0.2, **look):
    return Thing("palm", x, y, size, look={"lean": lean, **look})


def nut(x, y, size, difficult=False, **look):
    return Thing("coconut", x, y, size, difficult=difficult, look=look)


def crab(x, y, size, **look):
    return Thing("crab", x, y, size, pose="Frontal", look=look)


def boat(x, y, size, facing=1, difficult=False, **look):
    pose = "Right" if facing > 0 else "Left"
    return Thing("boat", x, y, size, pose, difficult, {"facing": facing, **look})


RED, BLUE, GREEN, GOLD = (
    (0.80, 0.17, 0.16),
    (0.13, 0.30, 0.66),
    (0.10, 0.46, 0.36),
    (0.92, 0.62, 0.14),
)
CREAM, ROSE, SKY, LEMON = (
    (0.98, 0.95, 0.88),
    (0.98, 0.72, 0.66),
    (0.72, 0.88, 0.98),
    (1.0, 0.90, 0.50),
)

SCENES = [
    # 1: a day at the beach
    Scene(
        (320, 240),
        "noon",
        104,
        158,
        (262, 40, 17),
        gulls=((150, 44, 8), (172, 56, 6)),
        things=[
            boat(222, 138, 62, hull=RED, sail=CREAM),
            palm(66, 206, 186, lean=0.12),
            nut(116, 216, 27),
            nut(142, 224, 24, half=True),
            crab(238, 214, 70, wave=0.7),
        ],
    ),
    # 2: sunset under two palms
    Scene(
        (400, 300),
        "sunset",
        150,
        214,
        (236, 128, 30),
        clouds=4,
        hills=((92, 170, 24),),
        things=[
            boat(186, 188, 58, hull=BLUE, sail=ROSE, facing=-1),
            palm(318, 262, 216, lean=-0.16),
            palm(356, 276, 178, lean=0.06, fronds=8),
            nut(262, 278, 27),
            crab(84, 270, 84, wave=0.3),
        ],
    ),
    # 3: a tall palm with nuts, upright
    Scene(
        (240, 320),
        "morning",
        172,
        226,
        (44, 50, 18),
        gulls=((186, 52, 9),),
        things=[
            boat(50, 206, 56, hull=GREEN, sail=LEMON),
            palm(142, 288, 256, lean=-0.10, fronds=10),
            nut(107, 120, 23),
            nut(130, 127, 23, green=True),
            crab(72, 298, 66, wave=1.0),
        ],
    ),
    # 4: a regatta, boats before boats
    Scene(
        (320, 240),
        "noon",
        92,
        None,
        (48, 36, 15),
        split="val",
        hills=((250, 150, 26),),
        gulls=((120, 36, 7), (140, 28, 6), (158, 40, 5)),
        things=[
            boat(230, 124, 44, facing=-1, hull=GOLD, sail=SKY, difficult=True),
            boat(92, 158, 92, hull=BLUE, sail=CREAM),
            boat(148, 184, 104, facing=-1, hull=RED, sail=LEMON),
            boat(256, 216, 116, hull=GREEN, sail=ROSE),
        ],
    ),
    # 5: the crabs' party
    Scene(
        (400, 300),
        "noon",
        56,
        92,
        None,
        clouds=2,
        hills=((330, 120, 16),),
        things=[
            crab(92, 160, 88, wave=0.2),
            crab(300, 152, 92, wave=1.0, hue=0.06),
            nut(198, 196, 62),
            crab(172, 232, 104, wave=0.9, hue=0.03),
            crab(320, 268, 128, wave=0.5),
        ],
    ),
    # 6: a night with a moon
    Scene(
        (240, 320),
        "night",
        164,
        232,
        (70, 62, 24),
        clouds=2,
        things=[
            boat(80, 214, 74, hull=RED, sail=CREAM),
            palm(186, 292, 226, lean=-0.07, fronds=9),
            nut(140, 300, 27),
            nut(62, 296, 30, half=True),
        ],
    ),
    # 7: grey
    Scene(
        (320, 240),
        "morning",
        112,
        166,
        (70, 44, 18),
        grey=True,
        hills=((210, 140, 22),),
        things=[
            boat(112, 148, 66, hull=BLUE, sail=CREAM),
            palm(248, 214, 190, lean=-0.08, fronds=8),
            nut(156, 212, 34),
            crab(78, 222, 76, wave=0.6),
        ],
    ),
    # 8: stored on its side, shown upright
    Scene(
        (240, 320),
        "morning",
        142,
        196,
        (186, 60, 20),
        orientation=6,
        split="val",
        things=[
            palm(78, 268, 232, lean=0.14, fronds=9),
            nut(150, 262, 34, half=True),
            nut(118, 286, 30),
            crab(184, 304, 84, wave=0.9, hue=0.04),
        ],
    ),
    # 9: nothing to be found
    Scene(
        (320, 240),
        "dawn",
        128,
        190,
        (116, 108, 22),
        clouds=4,
        hills=((240, 130, 30), (20, 110, 18)),
        gulls=((190, 50, 10), (214, 62, 8), (232, 46, 7), (172, 70, 6)),
        things=[],
    ),
    # 10: a heap of nuts with a crab behind it
    Scene(
        (400, 300),
        "morning",
        70,
        110,
        (336, 36, 16),
        clouds=3,
        things=[
            palm(66, 212, 196, lean=0.05),
            crab(228, 192, 124, wave=1.0),
            nut(178, 224, 62),
            nut(238, 228, 66, green=True),
            nut(300, 242, 58),
            nut(214, 270, 68, half=True),
        ],
    ),
    # 11: everything runs off the picture
    Scene(
        (300, 300),
        "noon",
        122,
        176,
        None,
        split="val",
        clouds=4,
        gulls=((196, 36, 8),),
        things=[
            boat(18, 158, 92, hull=GOLD, sail=SKY),
            palm(276, 252, 228, lean=-0.03),
            nut(12, 246, 46),
            nut(150, 312, 52),
            crab(232, 316, 96, wave=0.8),
            crab(104, 240, 60, wave=0.1, hue=0.05),
        ],
    ),
    # 12: a grove on a wide beach
    Scene(
        (360, 240),
        "sunset",
        96,
        140,
        (92, 76, 22),
        split="val",
        clouds=3,
        things=[
            boat(150, 126, 58, hull=RED, sail=LEMON, facing=-1),
            palm(232, 178, 148, lean=-0.10, fronds=8),
            palm(318, 190, 162, lean=-0.06, fronds=9),
            palm(268, 214, 184, lean=0.02, fronds=9),
            nut(206, 220, 26, green=True),
            crab(92, 218, 80, wave=0.4),
        ],
    ),
]
