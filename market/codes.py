"""Error codes of the market."""

from core.codes import Code

CODES: dict[str, Code] = {
    "asset_exists": Code(409, "Asset exists", "An asset with this id already exists; edit it instead."),
}
