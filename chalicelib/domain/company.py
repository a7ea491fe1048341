"""Who we are, on papers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Company:
    """Who issues the papers: from configuration. An empty GSTIN (tax number) is left out."""

    name: str
    address: tuple[str, ...] = ()
    gstin: str = ""
    contact: str = ""
