"""Everything that changes accounts, sessions and keys."""

from core.accounts.services.addresses import (
    address_confirm,
    address_link_request,
    address_revert,
    address_to_confirm,
    address_to_revert,
    check_not_proved_by_another,
    email_change,
)
from core.accounts.services.administration import (
    GIVEN_BY_COMMAND,
    STATUS_MOVES,
    role_grant,
    status_set,
    user_administer,
)
from core.accounts.services.api_keys import api_key_create, api_key_revoke, api_key_secret
from core.accounts.services.closure import account_close, account_close_confirmed, account_erase
from core.accounts.services.credentials import (
    password_change,
    password_reset,
    password_reset_request,
    reset_user,
)
from core.accounts.services.profile import profile_change
from core.accounts.services.sign_in import session_end, session_start, user_sign_in
from core.accounts.services.sign_up import user_sign_up

__all__ = [
    "GIVEN_BY_COMMAND",
    "STATUS_MOVES",
    "account_close",
    "account_close_confirmed",
    "account_erase",
    "address_confirm",
    "address_link_request",
    "address_revert",
    "address_to_confirm",
    "address_to_revert",
    "api_key_create",
    "api_key_revoke",
    "api_key_secret",
    "check_not_proved_by_another",
    "email_change",
    "password_change",
    "password_reset",
    "password_reset_request",
    "profile_change",
    "reset_user",
    "role_grant",
    "session_end",
    "session_start",
    "status_set",
    "user_administer",
    "user_sign_in",
    "user_sign_up",
]
