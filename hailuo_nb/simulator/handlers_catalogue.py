"""The free catalogue: what models there are, their fields, their prices and how often they succeed.

It knows these four endpoints; the facts are the catalogue's, and their bodies next door.
"""

from abc import abstractmethod
from typing import Any

from hailuo_nb.simulator import brochure, wire
from hailuo_nb.simulator.catalogue import MODELS, SimulatedModel
from hailuo_nb.simulator.handlers_base import ApiHandler
from hailuo_nb.simulator.validation import RefusedError


class CatalogueHandler(ApiHandler):
    """Base of the four: they share one request a second."""

    async def get(self, name: str = "") -> None:
        """Tell of one model, or of all."""
        self._name = name
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Answer, unless another request came within the second."""
        limited = self.service.settings.rate_limit
        if limited and not self.service.looks.admits(self.account):
            raise RefusedError(429, wire.TOO_OFTEN)
        return wire.success(self.facts())

    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """Return the data; raises RefusedError."""

    def model(self) -> tuple[str, SimulatedModel]:
        """Return the model of the path; raises RefusedError where there is none."""
        if self._name not in MODELS:
            raise RefusedError(404, "Not Found")
        return self._name, MODELS[self._name]


class ModelsHandler(CatalogueHandler):
    """``GET /api/v1/models``: all that the filters taskType, provider and q leave."""

    def facts(self) -> dict[str, Any]:
        """List them; an empty list is no error."""
        kinds = {kind.strip().lower() for kind in self._asked("taskType").split(",")}
        provider, word = self._asked("provider"), self._asked("q")
        found = [
            row
            for row in (brochure.listed(name, model) for name, model in MODELS.items())
            if kinds <= {""} or kinds & {kind.lower() for kind in row["taskType"]}
            if provider in ("", row["provider"].lower())
            if word in f"{row['model']} {row['title']}".lower()
        ]
        return {"total": len(found), "models": found}

    def _asked(self, name: str) -> str:
        return self.get_query_argument(name, "").strip().lower()


class SchemaHandler(CatalogueHandler):
    """``GET /api/v1/models/ID/schema``."""

    def facts(self) -> dict[str, Any]:
        """Return the OpenAPI document of the model's createTask."""
        name, model = self.model()
        return {"model": name, "openapi": brochure.openapi(name, model)}


class PriceHandler(CatalogueHandler):
    """``GET /api/v1/models/ID/price``."""

    def facts(self) -> dict[str, Any]:
        """Return the price in prose."""
        name, model = self.model()
        return {"model": name, "pricingDesc": brochure.pricing(model)}


class SuccessRateHandler(CatalogueHandler):
    """``GET /api/v1/models/ID/success-rate``."""

    def facts(self) -> dict[str, Any]:
        """Return no point: nobody has measured a simulator."""
        return {"model": self.model()[0], "points": []}
