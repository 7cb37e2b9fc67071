"""What a dry run shows: the exact request and its price, before anything is sent.

It is handed the body that would be sent; it knows neither the wire nor the service.
"""

import json
from dataclasses import dataclass
from html import escape

from hailuo_nb.core.pricing import PRICES_AS_OF, Price


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A request that was not sent.

    ``body`` is the JSON object that would be sent, ``price`` what it would cost,
    ``service`` who would be asked, ``known`` what is there already, in words.
    """

    service: str
    body: dict[str, object]
    price: Price
    known: str | None = None
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([*self._lines(), json.dumps(self.body, ensure_ascii=False, indent=2)])

    def _repr_html_(self) -> str:
        lines = "<br>".join(escape(line) for line in self._lines())
        body = escape(json.dumps(self.body, ensure_ascii=False, indent=2))
        return f"<div>{lines}</div><pre>{body}</pre>"

    def _lines(self) -> list[str]:
        cost = self.known or f"1 clip, {self.price} (list of {PRICES_AS_OF})"
        return [f"Dry run: {cost}. Nothing was sent to {self.service}.", *self.warnings]
