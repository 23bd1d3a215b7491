"""What can refuse a sign-in."""

from core.accounts.domain import Status, User
from core.errors import CryptoPulseError, NotPermitted, TooOften


class SignInFailed(CryptoPulseError):
    """The name or the password is wrong; nobody can find out which."""

    status = 401
    code = "sign_in_failed"

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong. Check both and try again.")


class LockedOut(TooOften):
    """Too many failed attempts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("locked_out", "Too many failed attempts.", retry_after=retry_after)


class AccountNotActive(NotPermitted):
    """The password is right, but the account may not be used now; the code is `account_<status>`."""

    def __init__(self, user: User) -> None:
        super().__init__(_SENTENCES[user.status], code=f"account_{user.status}")


_SENTENCES: dict[Status, str] = {
    "pending": "An administrator has to approve this account before you can sign in. Please try again later.",
    "suspended": "This account is suspended. Please contact an administrator.",
    "rejected": "This account was not approved. Please contact an administrator.",
    "closing": "This account has been closed and is being deleted.",
}
