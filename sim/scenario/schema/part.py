"""What every mapping of a scenario file is: strict, frozen, and no field that it does not know."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

MOST_ENTRIES = 1_000
MOST_IN_A_LIST = 5_000
MOST_OBSERVED = 20_000  # durations of one delay


class Part(BaseModel):
    """A mapping of the file: unknown fields are faults."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def names(cls) -> dict[str, str]:
        """The attribute of each field, by its name in the file."""
        return _names(cls)

    @property
    def given(self) -> frozenset[str]:
        """The fields that were written, by their names in the file."""
        written = self.model_fields_set
        return frozenset(name for name, attribute in self.names().items() if attribute in written)


@cache
def _names(part: type[Part]) -> dict[str, str]:
    return {field.alias or attribute: attribute for attribute, field in part.model_fields.items()}
