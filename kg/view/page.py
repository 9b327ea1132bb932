"""Writes the page: pyvis nodes, edges, options and its bundled vis-network, in a template of our own.

pyvis' own template loads Bootstrap from a host, names no encoding, searches ids instead of names and lets
physics run; ours is one UTF-8 file that requests nothing, with the layout computed beforehand.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import pyvis
from pyvis.network import Network

from kg.view import style
from kg.view.arrange import Arrangement, arrangements, weights
from kg.view.model import ViewGraph
from kg.view.payload import payload

Language = Literal["zh", "en"]

#: So many nodes are drawn at once; the page draws others as dots until one comes near.
DRAWN_LIMIT: Final = 700
HUBS: Final = 220

_ASSETS = files("kg.view") / "assets"
#: The page's scripts in the order in which they build on each other.
_SCRIPTS: Final = (
    "words.js",
    "data.js",
    "filters.js",
    "camera.js",
    "scene.js",
    "paint.js",
    "facts.js",
    "panel.js",
    "legend.js",
    "timeline.js",
    "search.js",
    "routes.js",
    "export.js",
    "main.js",
)
_VIS = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"


def write_page(graph: ViewGraph, path: Path, *, title: str, language: Language = "zh") -> None:
    """Writes one self-contained HTML file, UTF-8; an earlier file is replaced only once the new one is whole.

    ``language`` is the one the page opens in; the reader can switch. Raises OSError if ``path`` cannot be
    written.
    """
    text = render_page(graph, title=title, language=language)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        # mkstemp keeps the file to its owner; the page is to be passed on.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def render_page(graph: ViewGraph, *, title: str, language: Language = "zh", live: bool = False) -> str:
    """The page as text; the same graph gives the same text.

    live: the page comes from a server that has the dossier of a node at the path of its IRI, and links there.
    """
    weight = weights(graph)
    ways = arrangements(graph)
    network = Network(directed=True, cdn_resources="in_line")
    _add_first_view(network, graph, ways[0], weight)
    network.set_options(json.dumps(_options(graph)))
    network.set_template_dir(str(_ASSETS), "page.html")
    scripts = {"vis": _vis_script(), "page": _page_script()}
    css = (_ASSETS / "page.css").read_text("utf-8")
    # The template marks as safe what is made safe here; everything else is escaped.
    network.templateEnv.autoescape = True
    network.templateEnv.globals.update(
        title=title,
        language={"zh": "zh-Hans", "en": "en"}[language],
        css=css,
        scripts=scripts,
        script_policy=" ".join(map(_hash, scripts.values())),
        style_policy=_hash(css),
        data=safe_json(payload(graph, ways, weight, title=title, language=language, live=live)),
        first_view=safe_json({"nodes": network.nodes, "edges": network.edges, "options": network.options}),
    )
    return str(network.generate_html())


def safe_json(value: Any) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # A lone surrogate cannot be written as UTF-8.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _add_first_view(network: Network, graph: ViewGraph, way: Arrangement, weight: list[float]) -> None:
    """The nodes that the page opens with: all, or the best tied of a large graph; its script goes on."""
    order = sorted(range(len(graph.nodes)), key=lambda number: (-weight[number], number))
    first = order if len(order) <= DRAWN_LIMIT else order[:HUBS]
    for number in sorted(first):
        node = graph.nodes[number]
        x, y = way.points[number]
        _, shape = style.NODE_STYLES.get(node.type, style.UNKNOWN_NODE)
        network.add_node(
            number,
            label=node.label,
            shape=shape,
            group=node.type,
            x=x,
            y=y,
            size=style.node_size(weight[number]),
        )
    shown = set(first)
    for number, tie in enumerate(graph.ties):
        ends = [graph.index[member] for member in tie.members]
        if len(ends) == 2 and ends[0] != ends[1] and shown.issuperset(ends):
            network.add_edge(*ends, id=f"t{number}", **style.tie_style(tie.kind, tie.status))


def _options(graph: ViewGraph) -> dict[str, Any]:
    many = len(graph.nodes) > 300
    types = {node.type for node in graph.nodes}
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "tooltipDelay": 10**6,
            "selectConnectedEdges": False,
            "multiselect": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "zoomSpeed": 0.7,
        },
        "nodes": {
            "borderWidth": 1,
            "borderWidthSelected": 3,
            # Names are drawn by the page itself, which keeps them from covering each other.
            "scaling": {"label": {"drawThreshold": 10**6}},
        },
        "edges": {
            "smooth": False,
            "arrowStrikethrough": False,
            "selectionWidth": 1.5,
            "hoverWidth": 0.5,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        },
        "groups": {name: _group(*style.NODE_STYLES.get(name, style.UNKNOWN_NODE)) for name in sorted(types)},
    }


def _group(colour: str, shape: str) -> dict[str, Any]:
    bright = {"background": colour, "border": "#1f2933"}
    return {
        "shape": shape,
        "color": {"background": colour, "border": "#ffffff", "highlight": bright, "hover": bright},
    }


def _vis_script() -> str:
    # The map that this line names is only for debugging, and would be a request.
    return re.sub(r"^//# sourceMappingURL=.*$", "", _VIS.read_text("utf-8"), flags=re.MULTILINE)


def _page_script() -> str:
    parts = [(_ASSETS / name).read_text("utf-8") for name in _SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def _hash(text: str) -> str:
    """The source expression that lets this very text run under the page's content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
