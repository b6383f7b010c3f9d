"""A report as who reads it has it: its elements, its words, its numbers."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

LOADED = ("src", "srcset", "data", "poster", "action", "background", "href")


def parsed(html: str) -> Element:
    """The tree of a document; an error of its markup is one here."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


def words(element: Element) -> str:
    """All that an element says, one space between words."""
    return " ".join("".join(element.itertext()).split())


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def every(tree: Element, *names: str) -> list[Element]:
    """All elements of some names, in their order."""
    return [element for element in tree.iter() if local(element) in names]


def without(tree: Element, name: str) -> list[Element]:
    """Take all elements of a class out of a tree, those within others with them; gives what was taken out."""
    found = []
    for parent in [*tree.iter()]:
        for child in [*parent]:
            if name in (child.get("class") or "").split():
                parent.remove(child)
                found.append(child)
    return found


def policy(tree: Element) -> dict[str, str]:
    """What the page allows itself, by directive."""
    meta = next(one for one in every(tree, "meta") if one.get("http-equiv") == "Content-Security-Policy")
    rules = (rule.strip().partition(" ") for rule in (meta.get("content") or "").split(";"))
    return {name: value for name, _, value in rules}


def style_digest(tree: Element) -> str:
    """What the policy must call the one style of the page."""
    (style,) = every(tree, "style")
    return f"'sha256-{b64encode(sha256((style.text or '').encode()).digest()).decode()}'"


def faults(tree: Element) -> list[str]:
    """What runs, or would be fetched from elsewhere: nothing may."""
    found = [local(element) for element in every(tree, "script", "iframe", "object", "embed", "link", "base", "form")]
    for element in tree.iter():
        for name, value in element.attrib.items():
            name = str(name).rpartition("}")[2]
            is_ours = value.startswith(("#", "data:image/png;base64,"))
            is_source = local(element) == "a" and re.match("https?://", value)
            if name.startswith("on") or name == "style" or (name in LOADED and not is_ours and not is_source):
                found.append(f"{local(element)} {name}={value[:60]}")
    return found


def headings(tree: Element) -> list[int]:
    """The levels of its headings, in their order."""
    return [int(local(one)[1]) for one in every(tree, "h1", "h2", "h3", "h4", "h5", "h6")]


def check(html: str) -> Element:
    """What every report has, whatever it is of."""
    tree = parsed(html)
    assert faults(tree) == []
    assert policy(tree)["default-src"] == "'none'"
    assert policy(tree)["style-src"] == style_digest(tree)
    (root,) = every(tree, "html")
    assert root.get("lang") == "en"
    levels = headings(tree)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for link in every(tree, "a"):
        target = link.get("href") or ""
        assert not target.startswith("#") or target[1:] in ids
    for table in every(tree, "table"):
        assert words(every(table, "caption")[0])
        assert all(cell.get("scope") in ("col", "row") and words(cell) for cell in every(table, "th"))
    for figure in every(tree, "svg"):
        named = (figure.get("aria-labelledby") or "").split()
        assert named
        assert set(named) <= set(ids)
    return tree
