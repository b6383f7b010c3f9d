"""A figure that was drawn as SVG, made fit to stand inside a page: what it says is text, and it can do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sim.errors import StoreError
from sim.pages.letters import shown
from sim.pages.page import Picture

SHAPES = frozenset({"svg", "g", "defs", "path", "rect", "circle", "line", "polygon", "use", "image", "clipPath"})
WORDS = frozenset({"text", "tspan"})
KNOWN = SHAPES | WORDS | {"pattern"}
PLACES = frozenset({"id", "d", "x", "y", "width", "height", "viewBox", "transform", "href", "clip-path", "points"})
PLACES |= {"cx", "cy", "r", "x1", "x2", "y1", "y2", "patternUnits", "patternTransform", "preserveAspectRatio"}
LOOKS = frozenset(
    {
        "fill",
        "fill-opacity",
        "fill-rule",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
    }
)
TALL = 1.7  # times as high as wide
BOX = re.compile(r"\S+ \S+ (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)")  # its width and height
REFERENCE = "url(#"
RASTER = "data:image/png;base64,"


def inline(picture: Picture, prefix: str) -> str:
    """The figure as an element of a page, named and described.

    Only marks and text are kept, each look as an attribute, so that no style of a page needs to be allowed for it.

    Parameters
    ----------
    prefix : begins every id, so that those of several figures on a page differ.

    Raises
    ------
    StoreError : it is no SVG.
    """
    try:
        drawn = ElementTree.fromstring(picture.svg)  # noqa: S314  a document type that is declared is refused below
    except ElementTree.ParseError as error:
        raise StoreError(f"figure {picture.name}: is not SVG: {error} — make what it belongs to anew") from None
    root = _kept(drawn, f"{prefix}-")
    if root is None or root.tag != "svg":
        raise StoreError(f"figure {picture.name}: is not SVG — make what it belongs to anew")
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    names = {"title": picture.title, "desc": picture.note}
    root.attrib |= {
        "role": "img",
        "aria-labelledby": " ".join(f"{prefix}-{tag}" for tag in names),
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
        **({"class": "tall"} if _is_tall(root) else {}),
    }
    for number, (tag, text) in enumerate(names.items()):
        said = Element(tag, {"id": f"{prefix}-{tag}"})
        said.text = shown(text)
        root.insert(number, said)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _is_tall(root: Element) -> bool:
    """Whether it is so much higher than wide that nothing beside it would have its height."""
    box = BOX.fullmatch(root.get("viewBox", ""))
    return box is not None and float(box[2]) > TALL * float(box[1])


def _kept(drawn: Element, prefix: str) -> Element | None:
    """An element with those of its parts that mark or say something; None of another kind."""
    tag = _local(drawn.tag)
    if tag not in KNOWN:
        return None
    kept = Element(tag, dict(_attributes(drawn, prefix)))
    kept.text = shown(drawn.text) if drawn.text and tag in WORDS else None
    kept.extend(part for part in (_kept(child, prefix) for child in drawn) if part is not None)
    return kept


def _attributes(drawn: Element, prefix: str) -> Iterator[tuple[str, str]]:
    """Where it is and how it looks, its references within the figure."""
    for name, value in {_local(name): value for name, value in drawn.attrib.items()}.items():
        if name == "id":
            yield name, f"{prefix}{value}"
        elif name == "href":
            if value.startswith("#"):
                yield name, f"#{prefix}{value[1:]}"
            elif value.startswith(RASTER):
                yield name, value
        elif name == "style":
            for look, _, how in (part.partition(":") for part in value.split(";")):
                if look.strip() in LOOKS and _is_inside(how):
                    yield look.strip(), _referred(how.strip(), prefix)
        elif name in PLACES | LOOKS and _is_inside(value):
            yield name, _referred(value, prefix)


def _is_inside(value: str) -> bool:
    return "url(" not in value or value.strip().startswith(REFERENCE)


def _referred(value: str, prefix: str) -> str:
    return value.replace(REFERENCE, f"{REFERENCE}{prefix}")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
