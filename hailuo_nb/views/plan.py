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

    ``body`` is the JSON object that would be sent, ``prices`` what each new clip would
    cost, ``service`` who would be asked, ``there`` what is there already and free.
    """

    service: str
    body: dict[str, object]
    prices: tuple[Price, ...]
    there: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([*self._lines(), json.dumps(self.body, ensure_ascii=False, indent=2)])

    def _repr_html_(self) -> str:
        lines = "<br>".join(escape(line) for line in self._lines())
        body = escape(json.dumps(self.body, ensure_ascii=False, indent=2))
        return f"<div>{lines}</div><pre>{body}</pre>"

    def _lines(self) -> list[str]:
        parts = [self._cost()] if self.prices else []
        if self.there:
            parts.append(f"there already and free: {', '.join(self.there)}")
        return [f"Dry run: {'; '.join(parts)}. Nothing was sent to {self.service}.", *self.warnings]

    def _cost(self) -> str:
        total = Price(
            credits=sum(price.credits for price in self.prices),
            exact=all(price.exact for price in self.prices),
        )
        clips = f"{len(self.prices)} clip" + ("s" if len(self.prices) > 1 else "")
        return f"{clips}, {total} (list of {PRICES_AS_OF})"
