"""Error codes of accounts."""

from core.codes import Code

CODES: dict[str, Code] = {
    "key_refused": Code(401, "API key refused", "The key is unknown, revoked or expired; create a new one."),
    "sign_in_failed": Code(401, "Sign-in failed", "The name or the password is wrong."),
    "scope_too_narrow": Code(403, "Scope too narrow", "The API key may only read; use one with the scope `write`."),
    "account_pending": Code(403, "Account not approved yet", "An administrator has to approve the account first."),
    "account_suspended": Code(403, "Account suspended", "Contact an administrator."),
    "account_rejected": Code(403, "Account not approved", "Contact an administrator."),
    "account_closing": Code(403, "Account closed", "The account is being deleted."),
    "username_taken": Code(409, "Username taken", "Choose another username."),
    "email_taken": Code(409, "Email address taken", "There is an account with this address."),
    "key_exists": Code(409, "Key exists", "This key was already created."),
    "key_quota": Code(409, "API key quota reached", "Revoke a key that you no longer use to make room for another."),
    "reset_link_void": Code(409, "Reset link not valid", "The link was used or is too old; ask for a new one."),
    "link_void": Code(409, "Link not valid", "The link was used, is too old, or the address was changed since."),
    "email_confirmed": Code(409, "Address already confirmed", "There is nothing to do."),
    "email_changes": Code(409, "Too many changes of the address", "Wait for a week after the first of them."),
    "own_account": Code(409, "Own account", "You cannot change your own role or status; ask another administrator."),
    "status_move": Code(409, "Status change not allowed", "`detail` says what the account is now."),
    "locked_out": Code(429, "Locked out", "Too many failed attempts; wait as many seconds as `Retry-After` says."),
    "too_many_links": Code(429, "Too many links", "Five were mailed; wait for as long as `Retry-After` says."),
}
