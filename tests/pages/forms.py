"""What a browser sends of a form, and what a page says of it."""

import re
from html import unescape
from typing import Any


def values_of(form: Any) -> dict[str, Any]:
    """The fields of a form on a page as a browser would send them, were its button pressed now."""
    values = {name: form[name].field.widget.format_value(form[name].value()) for name in form.fields}
    return {name: _sent(form[name], value) for name, value in values.items() if _sent(form[name], value) is not None}


def wrong_fields(response: Any) -> dict[str, str]:
    """The fields of a form that have an error beside them, each with what it says."""
    notes = re.findall(r'id="id_([\w-]+)_error">.*?<span>(.*?)</span></p>', response.content.decode(), re.DOTALL)
    return {field: unescape(text) for field, text in notes}


def _sent(bound: Any, value: Any) -> Any:
    if getattr(bound.field.widget, "input_type", "") == "checkbox" and not isinstance(value, list):
        return "on" if bound.value() else None
    is_single = isinstance(value, list) and not getattr(bound.field.widget, "allow_multiple_selected", False)
    return "".join(value) if is_single else "" if value is None else value
