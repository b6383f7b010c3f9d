"""Small webs, as mappings like a file: every step takes a second, and every link is a line and a channel of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

FLIGHT = {
    "place": {"lat": "39.4 deg", "lon": "127.5 deg"},
    "azimuth": "75 deg",
    "range": "600 km",
    "apogee": "50 km",
}
CENTRES = ("tokyo", "seoul", "us", "guam", "guernsey")


def step(channel: str = "") -> dict[str, str]:
    return {"delay": "1 s", "evidence": "assumed", **({"channel": channel} if channel else {})}


def web_file(
    links: Sequence[tuple[str, str]],
    sources: Sequence[str] = ("seoul",),
    to: str = "tokyo",
    hops: int = 2,
    beside: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """A file whose links, k0, k1, …, are lines of their own, both ways; `beside` are further fields of some."""
    return {
        "title": "t",
        "launches": [{"name": "one", **FLIGHT}],
        "centres": {name: {} for name in CENTRES[3:]},
        "channels": {f"k{n}": {"between": [*ends]} for n, ends in enumerate(links)},
        "sensors": {
            f"watch_{name}": {"owner": name, "field": "space", "delay": "10 s", "evidence": "assumed"}
            for name in sources
        },
        "stages": {
            **{f"line{n}": step(f"k{n}") for n in range(len(links))},
            **{f"{name}_{what}": step() for name in CENTRES for what in ("identifies", "releases", "handles")},
        },
        "web": {
            "centres": {
                name: {
                    "release": f"{name}_releases",
                    "handle": f"{name}_handles",
                    **({"identify": f"{name}_identifies"} if name in sources else {}),
                }
                for name in CENTRES
            },
            "links": [{"line": f"line{n}", **(beside or {}).get(n, {})} for n in range(len(links))],
        },
        "arrangements": {"web": {"reports_to": to, "hops": str(hops)}},
        "compare": ["web"],
    }
