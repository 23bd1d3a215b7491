"""Errors that a person or a client is shown, the same on pages and in the API.

CryptoPulseError
├── InvalidInput     400, a field is wrong in itself; errors by field
│   ├── UnusableId   400, nothing can be created with the client's id: send it again with a new one
│   └── LimitReached 400, what was sent takes more to read than a limit allows; the code names the limit
├── Refused          409, a rule refuses it (`insufficient_funds`, `daily_limit`, ...)
├── NotPermitted     403, the role does not allow it
├── NotFound         404, not there or not yours: the same answer
├── TooOften         429, done too many times; wait for `retry_after` seconds
└── Busy             503, the site is overloaded; `retry_after` says when to try again
"""

from collections.abc import Mapping, Sequence

RETRY_AFTER = 5
"""Seconds after which a client that found the site overloaded should try again."""


class CryptoPulseError(Exception):
    """An error with a code from the documented list and a sentence that says what to do."""

    status = 500
    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code


class InvalidInput(CryptoPulseError):
    """One or more fields are wrong; `errors` maps a field's name to its sentences."""

    status = 400
    code = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]], detail: str = "Please correct the fields named.") -> None:
        super().__init__(detail)
        self.errors = {field: list(sentences) for field, sentences in errors.items()}


class UnusableId(InvalidInput):
    """Nothing can be created with the id that the client gave: it is not an id, or its time is too far from now."""


class LimitReached(InvalidInput):
    """A file or text may be well formed, but reading it takes more than a limit allows.

    `code` names the limit: `limit_memory`, `limit_processor_time` or `limit_unpacked`.
    """

    def __init__(self, code: str, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(errors, " ".join(sentence for sentences in errors.values() for sentence in sentences))
        self.code = code


class Refused(CryptoPulseError):
    """The request is well formed, but a rule refuses it; nothing was changed. `field` is where to look, if any."""

    status = 409

    def __init__(self, code: str, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.field = field


class NotPermitted(CryptoPulseError):
    """Signed in, but not allowed."""

    status = 403
    code = "not_permitted"


class NotFound(CryptoPulseError):
    """Not there, or somebody else's: the answer is the same."""

    status = 404
    code = "not_found"

    def __init__(self, what: str = "That") -> None:
        super().__init__(f"{what} was not found.")


class TooOften(CryptoPulseError):
    """Done too many times: a wait of `retry_after` seconds is due, with which the sentence ends."""

    status = 429

    def __init__(self, code: str, what: str, *, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        super().__init__(f"{what} Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again.", code=code)
        self.retry_after = retry_after


class Busy(CryptoPulseError):
    """The site is overloaded; nothing was changed, and the same may be tried again.

    `retry_after` is in seconds.
    """

    status = 503
    code = "busy"

    def __init__(self, what: str, *, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(f"{what} Nothing was changed. Try again in {retry_after} seconds.")
        self.retry_after = retry_after
