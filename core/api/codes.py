"""Every `code` that an error of the API can carry, with its HTTP status and what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its usual HTTP status, a short title, and what the client can do."""

    status: int
    title: str
    about: str


CODES: dict[str, Code] = {
    "invalid": Code(400, "Invalid input", "Fields named in `errors` are wrong; correct them and send again."),
    "malformed": Code(400, "Malformed request", "The body is not what its content type says; send valid JSON."),
    "cursor_refused": Code(400, "Cursor refused", "The cursor is broken or of another list; start at the first page."),
    "limit_memory": Code(
        400, "Takes too much memory", "The file takes more memory to read than is allowed; simplify it."
    ),
    "limit_processor_time": Code(
        400, "Takes too much time", "Reading the file takes more processor time than is allowed; simplify it."
    ),
    "limit_unpacked": Code(400, "Unpacks to too much", "The file unpacks to more than is allowed; simplify it."),
    "not_signed_in": Code(401, "Not signed in", "Send `Authorization: Bearer <api key>`, or sign in."),
    "key_refused": Code(401, "API key refused", "The key is unknown, revoked or expired; make a new one."),
    "sign_in_failed": Code(401, "Sign-in failed", "The name or the password is wrong."),
    "not_permitted": Code(403, "Not permitted", "Your role does not allow this."),
    "scope_too_narrow": Code(403, "Scope too narrow", "The API key may only read; use one with the scope `write`."),
    "csrf_failed": Code(403, "CSRF check failed", "Send the CSRF token of the session as `X-CSRFToken`."),
    "origin_refused": Code(403, "Origin refused", "Pages of that site may not open `/ws/stream/`."),
    "account_pending": Code(403, "Account not approved yet", "An administrator has to approve the account first."),
    "account_suspended": Code(403, "Account suspended", "Write to an administrator."),
    "account_rejected": Code(403, "Account not approved", "Write to an administrator."),
    "account_closing": Code(403, "Account closed", "The account is being deleted."),
    "not_found": Code(404, "Not found", "There is nothing here, or it is somebody else's."),
    "method_not_allowed": Code(405, "Method not allowed", "The header `Allow` lists what this address takes."),
    "not_acceptable": Code(406, "Not acceptable", "Answers are JSON; ask for `application/json`."),
    "username_taken": Code(409, "Username taken", "Choose another username."),
    "email_taken": Code(409, "Email address taken", "There is an account with this address."),
    "key_exists": Code(409, "Key exists", "The key was made already."),
    "key_quota": Code(409, "API key quota reached", "Revoke a key that you no longer use to make room for another."),
    "storage_quota": Code(
        409,
        "Storage quota reached",
        "Delete files or discard imports; what is deleted counts until it leaves the trash. `auth/me/usage/` has the "
        "figures.",
    ),
    "file_quota": Code(409, "File quota reached", "Delete receipts; they count until they leave the trash."),
    "row_quota": Code(
        409, "Row quota reached", "Delete what is no longer needed; it counts until it leaves the trash after 30 days."
    ),
    "import_quota": Code(409, "Import quota reached", "Confirm or discard an open import to make room for another."),
    "reset_link_void": Code(409, "Reset link void", "The link was used or is too old; ask for a new one."),
    "link_void": Code(409, "Link void", "The link was used, is too old, or the address was changed since."),
    "email_confirmed": Code(409, "Address confirmed already", "There is nothing to do."),
    "email_changes": Code(409, "Too many changes of the address", "Wait for a week after the first of them."),
    "changed_meanwhile": Code(
        409, "Changed meanwhile", "Somebody changed it at the same moment; read it and try again."
    ),
    "own_account": Code(409, "Own account", "Nobody changes their own role or status; ask another administrator."),
    "status_move": Code(409, "No such change of status", "`detail` says what the account is now."),
    "asset_exists": Code(409, "Asset exists", "There is an asset of this id; edit that one."),
    "idempotency_mismatch": Code(
        409, "Idempotency-Key used before", "The key belongs to a request with another body; use a new key."
    ),
    "insufficient_funds": Code(409, "Not enough cash", "Deposit more, or ask for less."),
    "insufficient_holdings": Code(409, "Not enough of the asset", "Sell less, or record the earlier purchase first."),
    "price_stale": Code(409, "No fresh price", "Orders need a price of the last 10 minutes; try again with a new one."),
    "asset_inactive": Code(409, "Asset inactive", "It can no longer be bought; what is held can be sold."),
    "order_too_small": Code(409, "Order too small", "Order at least the amount that `detail` names."),
    "order_too_large": Code(409, "Order too large", "Order at most the amount that `detail` names, or in parts."),
    "daily_limit": Code(409, "Daily limit reached", "`detail` says what is left until midnight UTC."),
    "category_quota": Code(409, "Category quota reached", "Remove a category of your own to make room for another."),
    "category_in_use": Code(409, "Category in use", "Delete its budget first."),
    "import_not_ready": Code(409, "Import not ready", "Say how the file is read: `questions` names what is open."),
    "import_empty": Code(409, "Nothing to import", "Each row is there already, a credit, or has an error."),
    "import_confirmed": Code(409, "Import confirmed already", "It was confirmed with other choices; undo it first."),
    "import_not_confirmed": Code(409, "Import not confirmed", "It has added nothing; discard it instead."),
    "import_running": Code(409, "Import still worked", "Wait until its status is `done`."),
    "import_too_old": Code(409, "Import too old to undo", "After 30 days its expenses are deleted one by one."),
    "alert_quota": Code(409, "Alert quota reached", "Delete an alert to make room for another."),
    "alert_expired": Code(409, "Alert expired", "Give it a later end, or make a new one."),
    "no_price": Code(409, "No price yet", "Try again when the feed has brought a price of this asset."),
    "goal_quota": Code(409, "Goal quota reached", "Delete a goal to make room for another."),
    "estimate_follows_expense": Code(
        409, "Estimate follows its expense", "Give what was measured in its place, or delete the expense."
    ),
    "body_too_large": Code(413, "Body too large", "Send less in one request."),
    "unsupported_media_type": Code(415, "Unsupported media type", "Send `Content-Type: application/json`."),
    "charset_refused": Code(415, "Charset refused", "Send UTF-8, and leave the charset out of `Content-Type`."),
    "throttled": Code(429, "Too many requests", "Wait as many seconds as `Retry-After` says."),
    "locked_out": Code(429, "Locked out", "Too many failed tries; wait as many seconds as `Retry-After` says."),
    "too_many_links": Code(429, "Too many links", "Five were mailed; wait for as long as `Retry-After` says."),
    "too_many_tests": Code(
        429, "Too many test messages", "Five go out within 300 seconds; wait as many seconds as `Retry-After` says."
    ),
    "error": Code(500, "Fault of ours", "Nothing that you did; it is in our log under the X-Request-ID."),
    "busy": Code(
        503,
        "Too much to do",
        "Nothing was changed and no try was counted; send the same again after `Retry-After` seconds.",
    ),
    "unavailable": Code(
        503,
        "Store unavailable",
        "`detail` says whether anything may have been written. Repeat after `Retry-After` seconds, with the same id or "
        "Idempotency-Key.",
    ),
}
