"""What becomes of throttled, lost, partial and refused answers of a DynamoDB server."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from core.storage import (
    Attr,
    Change,
    Check,
    ConditionFailed,
    Delete,
    Get,
    InvalidOperation,
    Put,
    StorageError,
    Store,
    StoreUnavailable,
    TableMissing,
    Throttled,
    TransactionCancelled,
    TransactionConflict,
    UnprocessedItems,
    Update,
    measured,
    meter,
    open_store,
)
from tests.storage.scripted_server import HANG_UP, Failure, ScriptedServer, scripted_server
from tests.storage.tables import NAMES

A, B, C = {"name": "a"}, {"name": "b"}, {"name": "c"}
TYPED_A, TYPED_B, TYPED_C = ({"name": {"S": letter}} for letter in "abc")
THROTTLED = Failure("ProvisionedThroughputExceededException")


def cancelled(*codes: str) -> Failure:
    reasons = [{"Code": code, "Message": "as scripted"} for code in codes]
    return Failure("TransactionCanceledException", more={"CancellationReasons": reasons})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture
def items(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Store]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    settings.STORE_RETRY_SECONDS = 2
    opened = open_store(f"dynamodb://eu-central-1?endpoint={server.url}")
    yield opened
    opened.close()


@pytest.fixture
def impatient(items: Store, settings: Settings) -> Store:
    """The same store with next to no time for tries."""
    settings.STORE_RETRY_SECONDS = 0.3
    return items


def test_a_throttled_call_is_tried_again_and_counts_as_one_request(server: ScriptedServer, items: Store) -> None:
    server.answers(THROTTLED, Failure("ThrottlingException"), {"Item": TYPED_A})

    with measured() as usage:
        assert items.get(NAMES, A) == A

    assert len(server.asked) == 3
    assert usage.requests == 1
    assert usage.by_table["Names"].retries == 2
    assert usage.by_table["Names"].throttles == 2


def test_the_budget_ends_in_an_error_that_says_when_to_try_again(server: ScriptedServer, impatient: Store) -> None:
    server.answers(THROTTLED)

    with pytest.raises(Throttled) as caught:
        impatient.put(NAMES, A)

    assert isinstance(caught.value, StoreUnavailable)
    assert caught.value.retry_after > 0
    assert len(server.asked) > 1


def test_a_call_that_ends_with_an_error_is_counted_under_its_name(server: ScriptedServer, impatient: Store) -> None:
    server.answers(THROTTLED)
    before = meter.errors().get(("Names", "Throttled"), 0)

    with pytest.raises(Throttled):
        impatient.put(NAMES, A)

    assert meter.errors()["Names", "Throttled"] == before + 1


def test_a_transaction_in_conflict_is_tried_again(server: ScriptedServer, items: Store) -> None:
    server.answers(cancelled("None", "TransactionConflict"), {})

    items.transact_write([Put(NAMES, A), Put(NAMES, B)])

    assert len(server.asked) == 2


def test_a_transaction_always_in_conflict_ends_as_such(server: ScriptedServer, impatient: Store) -> None:
    server.answers(cancelled("TransactionConflict"))

    with pytest.raises(TransactionConflict):
        impatient.transact_write([Put(NAMES, A)])


def test_a_transaction_whose_answer_was_lost_is_repeated_under_the_same_token(
    server: ScriptedServer, items: Store
) -> None:
    server.answers(HANG_UP, Failure("InternalServerError", 500), Failure("TransactionInProgressException"), {})

    items.transact_write([Change(NAMES, A, Update(add={"count": 1}))])

    bodies = [body for _, body in server.asked]
    assert len(bodies) == 4
    assert bodies[0] == bodies[1] == bodies[2] == bodies[3]
    assert len(bodies[0]["ClientRequestToken"]) == 36


def test_a_write_whose_answers_were_lost_to_the_end_may_have_been_done(
    server: ScriptedServer, impatient: Store
) -> None:
    server.answers(HANG_UP)

    with pytest.raises(StoreUnavailable) as of_a_write:
        impatient.transact_write([Put(NAMES, A)])
    with pytest.raises(StoreUnavailable) as of_a_read:
        impatient.get(NAMES, A)

    assert of_a_write.value.outcome_unknown
    assert not of_a_read.value.outcome_unknown


def test_a_write_that_was_throttled_to_the_end_was_not_done(server: ScriptedServer, impatient: Store) -> None:
    server.answers(THROTTLED)

    with pytest.raises(Throttled) as caught:
        impatient.put(NAMES, A)

    assert not caught.value.outcome_unknown


def test_two_transactions_have_two_tokens(server: ScriptedServer, items: Store) -> None:
    items.transact_write([Put(NAMES, A)])
    items.transact_write([Put(NAMES, A)])

    (_, first), (_, second) = server.asked
    assert first["ClientRequestToken"] != second["ClientRequestToken"]


def test_reads_and_plain_writes_are_repeated_when_their_answer_was_lost(server: ScriptedServer, items: Store) -> None:
    server.answers(HANG_UP, {"Item": TYPED_A})
    assert items.get(NAMES, A) == A

    server.answers(Failure("InternalServerError", 500), {})
    items.put(NAMES, A)

    assert [operation for operation, _ in server.asked] == ["GetItem", "GetItem", "PutItem", "PutItem"]


def test_writes_that_might_be_done_twice_are_not_repeated_when_their_answer_was_lost(
    server: ScriptedServer, items: Store
) -> None:
    server.answers(HANG_UP)

    with pytest.raises(StoreUnavailable):
        items.update(NAMES, A, Update(add={"count": 1}))
    with pytest.raises(StoreUnavailable):
        items.put(NAMES, A, condition=Attr("name").not_exists())
    with pytest.raises(StoreUnavailable):
        items.delete(NAMES, A)

    assert [operation for operation, _ in server.asked] == ["UpdateItem", "PutItem", "DeleteItem"]


def test_but_they_are_when_they_were_throttled(server: ScriptedServer, items: Store) -> None:
    server.answers(THROTTLED, {"Attributes": {**TYPED_A, "count": {"N": "1"}}})

    assert items.update(NAMES, A, Update(add={"count": 1}))["count"] == 1
    assert len(server.asked) == 2


def test_keys_left_unread_are_read_again_and_the_order_stays(server: ScriptedServer, items: Store) -> None:
    name = "CryptoPulse_Names"
    server.answers(
        {"Responses": {name: [TYPED_C]}, "UnprocessedKeys": {name: {"Keys": [TYPED_B]}}},
        {"Responses": {name: [TYPED_B]}, "UnprocessedKeys": {}},
    )

    assert items.batch_get([Get(NAMES, A), Get(NAMES, B), Get(NAMES, C)]) == [None, B, C]
    assert server.asked[1][1]["RequestItems"][name]["Keys"] == [TYPED_B]


def test_keys_left_unread_to_the_end_are_no_missing_items(server: ScriptedServer, impatient: Store) -> None:
    server.answers({"Responses": {}, "UnprocessedKeys": {"CryptoPulse_Names": {"Keys": [TYPED_A]}}})

    with pytest.raises(StoreUnavailable):
        impatient.batch_get([Get(NAMES, A)])


def test_writes_left_undone_are_done_again_alone(server: ScriptedServer, items: Store) -> None:
    undone = {"CryptoPulse_Names": [{"PutRequest": {"Item": TYPED_B}}, {"DeleteRequest": {"Key": TYPED_C}}]}
    server.answers({"UnprocessedItems": undone}, {"UnprocessedItems": {}})

    items.batch_write([Put(NAMES, A), Put(NAMES, B), Delete(NAMES, C)])

    assert server.asked[1][1]["RequestItems"] == undone


def test_writes_left_undone_to_the_end_are_reported(server: ScriptedServer, impatient: Store) -> None:
    server.answers({"UnprocessedItems": {"CryptoPulse_Names": [{"PutRequest": {"Item": TYPED_B}}]}})

    with pytest.raises(UnprocessedItems) as caught:
        impatient.batch_write([Put(NAMES, A), Put(NAMES, B)])

    assert caught.value.operations == (Put(NAMES, B),)


def test_a_condition_that_failed_counts_more_than_a_conflict_beside_it(server: ScriptedServer, items: Store) -> None:
    server.answers(cancelled("TransactionConflict", "ConditionalCheckFailed"))

    with pytest.raises(TransactionCancelled) as caught:
        items.transact_write([Put(NAMES, A, label="busy"), Check(NAMES, B, Attr("name").exists(), "absent")])

    assert caught.value.labels == ("absent",)
    assert len(server.asked) == 1


def test_an_update_that_the_server_finds_invalid_in_a_transaction_is_reported(
    server: ScriptedServer, items: Store
) -> None:
    server.answers(cancelled("None", "ValidationError"))

    with pytest.raises(InvalidOperation):
        items.transact_write([Put(NAMES, A), Change(NAMES, B, Update(add={"count": 1}))])


def test_a_condition_that_failed_is_not_tried_again(server: ScriptedServer, items: Store) -> None:
    server.answers(Failure("ConditionalCheckFailedException", more={"Item": TYPED_A}))

    with pytest.raises(ConditionFailed) as caught:
        items.put(NAMES, A, condition=Attr("name").not_exists(), label="taken")

    assert (caught.value.label, caught.value.item) == ("taken", A)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ResourceNotFoundException", TableMissing),
        ("ValidationException", InvalidOperation),
        ("AccessDeniedException", StorageError),
    ],
)
def test_errors_that_time_does_not_heal_are_raised_at_once(
    server: ScriptedServer, items: Store, code: str, error: type[StorageError]
) -> None:
    server.answers(Failure(code))

    with pytest.raises(error) as caught:
        items.get(NAMES, A)

    assert not isinstance(caught.value, StoreUnavailable)
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    settings.STORE_RETRY_SECONDS = 0.3
    with scripted_server() as stopped:
        url = stopped.url
    unreachable = open_store(f"dynamodb://eu-central-1?endpoint={url}")

    with pytest.raises(StoreUnavailable, match="reached"):
        unreachable.put(NAMES, A, condition=Attr("name").not_exists())


def test_units_are_those_that_the_server_counted(server: ScriptedServer, items: Store) -> None:
    with measured() as usage:
        server.answers({"Item": TYPED_A, "ConsumedCapacity": {"CapacityUnits": 1.5}})
        items.get(NAMES, A)
        server.answers({"ConsumedCapacity": [{"CapacityUnits": 4.0}, {"CapacityUnits": 2.0}]})
        items.transact_write([Put(NAMES, A), Put(NAMES, B)])

    assert (usage.read_units, usage.write_units) == (1.5, 6)
    assert all(body["ReturnConsumedCapacity"] == "TOTAL" for _, body in server.asked)
