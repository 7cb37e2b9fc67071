"""What the catalogue's endpoints say of a model: a line, a price in prose, an OpenAPI document.

It knows how a row of the catalogue reads to a stranger; it must not know HTTP or requests.
"""

from typing import Any

from hailuo_nb.simulator.catalogue import Field, SimulatedModel

USD_A_CREDIT = 0.005


def listed(name: str, model: SimulatedModel) -> dict[str, Any]:
    """Return a model as the list of all shows it."""
    kind = "Image to Video" if any(one.name == model.start for one in model.fields) else ""
    family, _, rest = name.partition("/")
    return {
        "model": name,
        "slug": name,
        "title": f"{family} {rest.replace('-', ' ')}".title(),
        "provider": "Hailuo" if family == "hailuo" else "MiniMax",
        "taskType": [kind or "Text to Video"],
        "description": None,
        "pricingDesc": pricing(model),
    }


def pricing(model: SimulatedModel) -> str:
    """Return a model's prices in prose."""
    each = [
        f"a {duration_s}-second {resolution} video costs {credits_:g} credits "
        f"({credits_ * USD_A_CREDIT:.2f} USD)"
        for (resolution, duration_s), credits_ in model.prices.items()
    ]
    text = ", ".join(each)
    return f"{text[:1].upper()}{text[1:]}."


def openapi(name: str, model: SimulatedModel) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the one endpoint that makes a model's clips."""
    body = _object({"model": {"type": "string", "enum": [name]}}, required=["model", "input"])
    body["properties"]["callBackUrl"] = {"type": "string", "format": "uri"}
    body["properties"]["input"] = _object(
        {field.name: _field(field) for field in model.fields},
        required=[field.name for field in model.fields if field.required],
    )
    operation = {
        "operationId": "createTask",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": "The envelope: code, msg, data"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1.0.0"},
        "paths": {"/api/v1/jobs/createTask": {"post": operation}},
        "servers": [{"url": "https://api.kie.ai"}],
    }


def _object(properties: dict[str, Any], *, required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required}


def _field(field: Field) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "minLength": 1, "maxLength": field.max_chars},
        "image": {"type": "string", "format": "uri"},
        "choice": {"type": "string", "enum": list(field.choices)},
        "whole": {"type": "integer", "minimum": field.span[0], "maximum": field.span[1]},
        "switch": {"type": "boolean"},
    }
    default = {} if field.default is None else {"default": field.default}
    return kinds[field.kind] | default
