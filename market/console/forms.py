"""Forms about assets; the services check what was entered."""

from typing import Any

from django import forms

from core.console.forms import ReasonForm
from core.forms import EditForm, WholeField
from market.domain import Asset
from market.domain.editing import KINDS, LARGEST_RANK

KIND_CHOICES = [(kind, kind.capitalize()) for kind in KINDS]
LONGEST_TYPED = 200
"""Longer than any value allowed, so that the rule itself can say what is wrong."""


def _text(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=LONGEST_TYPED, help_text=help_text, widget=widget)


class AssetForm(ReasonForm):
    """What the staff may change of an asset."""

    symbol = _text("Symbol", "The ticker, like BTC.")
    name = _text("Name")
    kind = forms.ChoiceField(label="Kind", choices=KIND_CHOICES)
    rank = WholeField(label="Place in the list", min_value=1, max_value=LARGEST_RANK)

    field_order = ("asset_id", "symbol", "name", "kind", "rank", "reason")


class AssetEditForm(EditForm, AssetForm):
    """Changing an asset."""

    @staticmethod
    def initial_of(asset: Asset) -> dict[str, Any]:
        """The values of the asset, as the form begins."""
        named = {name: getattr(asset, name) for name in ("symbol", "name", "kind", "rank")}
        return {"version": asset.edition, **named}


class NewAssetForm(AssetForm):
    """Adding an asset."""

    asset_id = _text("Id", "CoinGecko's id of a coin, like bitcoin, or the ticker of a share. Cannot be changed later.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank"].required = False
        self.fields["rank"].help_text = "Empty: the end of the list."


class ActiveForm(ReasonForm):
    """Whether an asset may be bought, by the button that was pressed."""

    active = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "active_%s"  # a page has another field `reason`
