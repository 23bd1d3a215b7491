"""Errors of boto3 as the store's own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore import exceptions as boto

from core.storage.errors import (
    InvalidOperation,
    ItemTooLarge,
    StorageError,
    StoreUnavailable,
    TableMissing,
    Throttled,
    TransactionConflict,
)

_THROTTLED = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "RequestLimitExceeded",
    "ContinuousBackupsUnavailableException",  # for some seconds after a table is made
}
_IN_CONFLICT = {"TransactionConflictException", "TransactionConflict", "TransactionInProgressException"}
_NEVER_SENT = (boto.EndpointConnectionError, boto.ConnectTimeoutError, boto.ProxyConnectionError)
_ANSWER_LOST = (boto.HTTPClientError,)


class Refused(Exception):
    """A condition did not hold; the backend says which. `response` is the server's answer."""

    def __init__(self, response: Mapping[str, Any]) -> None:
        super().__init__("a condition did not hold")
        self.response = response


@contextmanager
def translated(*, repeatable: bool, writes: bool) -> Iterator[None]:
    """Raises StorageError for what boto3 raises inside, Refused for conditions that did not hold.

    writes: whether a call whose answer was lost may have changed something.
    """
    try:
        yield
    except boto.ClientError as error:
        raise _of_answer(error, repeatable=repeatable, writes=writes) from error
    except _NEVER_SENT as error:
        raise StoreUnavailable(f"the store cannot be reached: {error}") from error
    except _ANSWER_LOST as error:
        message = f"the store's answer was lost: {error}"
        raise StoreUnavailable(message, repeatable=repeatable, outcome_unknown=writes) from error
    except boto.BotoCoreError as error:
        raise StorageError(f"the store cannot be asked: {error}") from error


def unavailable(code: str, message: str) -> StoreUnavailable | None:
    """The error for a code that says "not now"; None for any other. Nothing was written."""
    if code in _THROTTLED:
        return Throttled(message or code)
    if code in _IN_CONFLICT:
        return TransactionConflict(message or code)
    return None


def invalid(message: str) -> InvalidOperation:
    """The error for a call that breaks a rule of the server."""
    if "tem size" in message and "exceeded" in message:
        return ItemTooLarge(message)
    return InvalidOperation(message)


def _of_answer(error: boto.ClientError, *, repeatable: bool, writes: bool) -> Exception:
    response: Mapping[str, Any] = error.response
    code, message = response["Error"].get("Code", ""), response["Error"].get("Message", "")
    if code in ("ConditionalCheckFailedException", "TransactionCanceledException"):
        return Refused(response)
    if (not_now := unavailable(code, message)) is not None:
        return not_now
    if code == "ResourceNotFoundException":
        return TableMissing(f"{message}: run `python manage.py createtables`")
    if code == "ValidationException":
        return invalid(message)
    if response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
        return StoreUnavailable(f"{code}: {message}", repeatable=repeatable, outcome_unknown=writes)
    return StorageError(f"{code}: {message}")
