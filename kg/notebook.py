"""What the notebooks share: which store they read, and plots whose Chinese is readable.

Needs the extra ``notebook`` (matplotlib, pandas).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox, BboxBase
from pandas.io.formats.style import Styler
from pandas.io.formats.style_render import CSSStyles

from kg.errors import StoreError
from kg.view.layout import layout
from kg.view.style import NODE_STYLES, UNKNOWN_NODE

Align = Literal["left", "center", "right"]
VAlign = Literal["bottom", "center", "top"]

#: Fonts with simplified Chinese that systems ship: Linux, macOS, Windows.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK JP",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "SimHei", "DengXian",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "AR PL UMing CN", "Arial Unicode MS",
)  # fmt: skip
#: Environment variable that names the store to analyse.
STORE_VARIABLE = "KG_STORE"


def store_path(default: str | Path = "../demo/store") -> str:
    """The store to read: the environment variable KG_STORE, or else ``default``.

    Raises StoreError where the default does not exist, with what to do.
    """
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return named
    if not Path(default).is_dir():
        raise StoreError(
            f"{default}: no store there; run `make demo`, or put the path of your own store into STORE "
            f"(or into the environment variable {STORE_VARIABLE})"
        )
    return str(default)


def _chinese_font(*, look: bool = False) -> str | None:
    """The first of the fonts that matplotlib knows; ``look``: after it has been shown those installed since.

    matplotlib keeps a list of the fonts that it once found and does not look again.
    """
    manager = font_manager.fontManager
    if look:
        for path in sorted(set(font_manager.findSystemFonts()) - {font.fname for font in manager.ttflist}):
            with suppress(OSError, RuntimeError):  # a font that cannot be read is none
                manager.addfont(path)
    known = {font.name for font in manager.ttflist}
    return next((name for name in CHINESE_FONTS if name in known), None)


def plain_plots(*, size: float = 10.0) -> str | None:
    """Sets matplotlib up for plots with Chinese text; returns the font's name, or None where there is none.

    Names are taken as they are: a dollar sign in one does not start a formula.
    """
    found = _chinese_font() or _chinese_font(look=True)
    mpl.rcParams.update(
        {
            "font.family": "sans-serif",
            "font.sans-serif": [*([found] if found else []), "DejaVu Sans"],
            "font.size": size,
            "axes.unicode_minus": False,
            "text.parse_math": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titlesize": size + 1,
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
        }
    )
    return found


def table(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> Styler:
    """A table for people: no row numbers, text to the left, markup in a name shown as text."""
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(columns))
    look: CSSStyles = [
        {"selector": "td, th", "props": "text-align: left; vertical-align: top; min-width: 3.5em"}
    ]
    return frame.style.hide(axis="index").set_table_styles(look).format(escape="html", precision=3)


def colour_of(kind: str) -> str:
    """The colour of an entity type, as on the interactive page."""
    return NODE_STYLES.get(kind, UNKNOWN_NODE)[0]


def heat_map(
    axes: Axes,
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    *,
    colours: str = "Reds",
) -> None:
    """A table of numbers on colours, zeros left blank; ``colours`` is a colour map of matplotlib."""
    most = max([number for line in counts for number in line], default=1)
    # Colours stop short of the darkest, on which black figures could not be read.
    axes.imshow(counts if rows else [[0]], cmap=colours, aspect="auto", vmin=0, vmax=max(most, 1) * 1.9)
    axes.set_xticks(
        range(len(columns)),
        columns,
        rotation=40 if len(columns) > 6 else 0,
        ha="right" if len(columns) > 6 else "center",
    )
    axes.set_yticks(range(len(rows)), rows)
    for row, line in enumerate(counts):
        for column, number in enumerate(line):
            if number:
                axes.text(column, row, str(number), ha="center", va="center")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def draw_network(
    axes: Axes,
    labels: Sequence[str],
    kinds: Sequence[str],
    edges: Iterable[tuple[int, int]],
    *,
    named: int = 25,
    longest: int = 12,
) -> None:
    """Draws nodes, coloured by type, and lines between them; the ``named`` best tied bear their names.

    ``edges`` are pairs of positions in ``labels``; names longer than ``longest`` characters are cut.
    """
    pairs = [(one, other) for one, other in edges if one != other]
    points = layout(len(labels), [(one, other, 1.0) for one, other in pairs])
    degree = [0] * len(labels)
    for pair in pairs:
        for end in pair:
            degree[end] += 1
    lines = LineCollection(
        [points[[one, other]] for one, other in pairs], colors="#C9737F", linewidths=1.1, zorder=1
    )
    axes.add_collection(lines)
    axes.scatter(
        points[:, 0] if len(labels) else [],
        points[:, 1] if len(labels) else [],
        s=[26 + 16 * count for count in degree],
        c=[colour_of(kind) for kind in kinds],
        edgecolors="white",
        linewidths=0.8,
        zorder=2,
    )
    axes.margins(0.12)
    axes.set_axis_off()
    # Sizes of text are known only once the figure has been laid out.
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes belong to no figure")
    figure.draw_without_rendering()
    taken: list[Bbox] = []
    for node in sorted(range(len(labels)), key=lambda number: (-degree[number], number))[:named]:
        name = labels[node]
        gap = 8 + 1.1 * degree[node] ** 0.5
        short = name if len(name) <= longest else name[: longest - 1] + "…"
        box = _named(axes, points[node], short, gap=gap, taken=taken, frame=figure.bbox)
        if box is not None:
            taken.append(box)


#: Where a name may stand, the best place first: (right and up of the point, in gaps; alignment).
_PLACES: tuple[tuple[float, float, Align, VAlign], ...] = (
    (0, -1, "center", "top"),
    (0, 1, "center", "bottom"),
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
)


def _named(
    axes: Axes, point: Any, name: str, *, gap: float, taken: Sequence[Bbox], frame: BboxBase
) -> Bbox | None:
    """Writes a name beside a point where it covers no other and leaves not the frame; its box, or None where
    there is no room.
    """
    for right, up, across, along in _PLACES:
        text = axes.annotate(
            name,
            point,
            xytext=(gap * right, gap * up),
            textcoords="offset points",
            ha=across,
            va=along,
            fontsize=7.5,
            zorder=3,
            # A pale edge keeps letters readable where lines pass behind them.
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )
        # Out of the layout: a name at the rim must not make the drawing smaller.
        text.set_in_layout(False)
        box = text.get_window_extent()
        inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
        if inside and not any(box.overlaps(other) for other in taken):
            return box
        text.remove()
    return None


def small_multiples(count: int, *, columns: int = 3, width: float = 3.4, height: float = 2.1) -> list[Axes]:
    """``count`` panels side by side on the same scales, inches each; tick labels stand at the rim only."""
    across = min(columns, max(1, count))
    rows = max(1, -(-count // across))
    _, grid = plt.subplots(
        rows, across, figsize=(width * across, height * rows), sharex=True, sharey=True, squeeze=False
    )
    panels: list[Axes] = list(grid.flat)
    for number, axes in enumerate(panels[:count]):
        axes.tick_params(labelsize=8)
        # The lowest panel of a column is not always in the last row.
        axes.tick_params(labelbottom=number + across >= count)
    for axes in panels[count:]:
        axes.set_axis_off()
    return panels[:count]
