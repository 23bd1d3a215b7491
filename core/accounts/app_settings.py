"""Settings that apps bring to every account: each is kept in the row of the user, under its own name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core import wiring


@dataclass(frozen=True, slots=True)
class AppSetting:
    """One setting. `label` is its name on pages, `about` describes its attribute in the table.

    `choices` returns its values, each with its name on pages; it is called at each use.
    """

    name: str
    label: str
    about: str
    default: str
    choices: Callable[[], Mapping[str, str]]


def app_settings() -> tuple[AppSetting, ...]:
    """All of them, as `ACCOUNT_SETTINGS` of the wiring lists them."""
    return wiring.listed("ACCOUNT_SETTINGS")


def defaults() -> dict[str, str]:
    """The settings of an account that chose none."""
    return {setting.name: setting.default for setting in app_settings()}
