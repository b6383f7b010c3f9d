"""Where scenarios and their shared files lie."""

from __future__ import annotations

from pathlib import Path


def shipped_folder() -> Path:
    """The scenarios that come with the program: beside the package, or inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "scenarios"
    return beside if (beside / "catalogue").is_dir() else package / "_shipped"


def shipped_claims() -> dict[str, Path]:
    """The file of every shipped claim, by name."""
    return {path.stem: path for path in sorted((shipped_folder() / "claims").glob("*.yaml"))}


def scenarios_root(path: Path) -> Path:
    """The scenarios folder that a file may draw on: the nearest one above it, else the shipped one."""
    above = (folder for folder in path.resolve().parents if folder.name == "scenarios")
    return next(above, shipped_folder())
