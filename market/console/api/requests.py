"""What the staff's endpoints about the market take."""

from rest_framework import serializers

from core.api.fields import WholeField
from core.api.text_fields import TextField
from core.console.api.serializers import ReasonRequest
from market.domain.editing import ID_RULE, KINDS, LARGEST_RANK, SYMBOL_RULE

LONGEST_SYMBOL, LONGEST_NAME = 20, 100
SYMBOL = r"^[^\s\x00-\x20\x7f-\xa0]{1,20}$"


class NewAssetRequest(ReasonRequest):
    """An asset to add."""

    rules = {
        **ReasonRequest.rules,
        "asset_id": "None of the words that are addresses of pages.",
        "symbol": "Printable characters.",
        "name": "Printable characters.",
    }

    asset_id = TextField(
        max_length=100,
        pattern="^[A-Za-z0-9_-]{1,100}$",
        wrong=ID_RULE,
        help_text="CoinGecko's id of a coin, the ticker of a share. Cannot be changed later.",
    )
    symbol = TextField(max_length=LONGEST_SYMBOL, pattern=SYMBOL, wrong=SYMBOL_RULE)
    name = TextField(max_length=LONGEST_NAME)
    kind = serializers.ChoiceField(KINDS, required=False)
    rank = WholeField(min_value=1, max_value=LARGEST_RANK, required=False, help_text="The end of the list by default.")


class AssetChangeRequest(ReasonRequest):
    """Changes of an asset; what is left out stays."""

    rules = {**ReasonRequest.rules, "symbol": "Printable characters.", "name": "Printable characters."}

    symbol = TextField(max_length=LONGEST_SYMBOL, pattern=SYMBOL, wrong=SYMBOL_RULE, required=False)
    name = TextField(max_length=LONGEST_NAME, required=False)
    kind = serializers.ChoiceField(KINDS, required=False)
    rank = WholeField(min_value=1, max_value=LARGEST_RANK, required=False)
    active = serializers.BooleanField(required=False, help_text="Whether it may be bought.")
