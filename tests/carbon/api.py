"""Requests to the endpoints of the carbon diary."""

from typing import Any

from rest_framework.test import APIClient

ENTRIES, GOALS, FACTORS = "/api/v1/carbon/entries/", "/api/v1/carbon/goals/", "/api/v1/carbon/factors/"


def body(**more: Any) -> dict[str, Any]:
    """100 km by petrol car."""
    return {"activity": "car_petrol", "amount": "100", "unit": "km", **more}


def post(api: APIClient, path: str, said: dict[str, Any], **headers: str) -> Any:
    return api.post(path, said, format="json", headers=headers)


def patch(api: APIClient, path: str, said: dict[str, Any]) -> Any:
    return api.patch(path, said, format="json")
