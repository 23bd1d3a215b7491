"""Tables on DynamoDB are made to last: on demand, encrypted, recoverable, tagged."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest

from core.storage import Store, open_store
from tests import stores
from tests.storage.scripted_server import Failure, scripted_server
from tests.storage.tables import NAMES, NOTES, READINGS


@pytest.fixture
def moto(tmp_path: Path) -> Iterator[Store]:
    with stores.opened("moto", tmp_path) as opened:
        yield opened


def test_a_table_is_made_with_all_that_protects_it(moto: Store) -> None:
    protected = open_store("dynamodb://eu-central-1?prefix=Protected_")
    protected.create_tables([NOTES])
    protected.close()

    client = boto3.client("dynamodb", region_name="eu-central-1")
    table = client.describe_table(TableName="Protected_Notes")["Table"]
    backups = client.describe_continuous_backups(TableName=table["TableName"])["ContinuousBackupsDescription"]
    ttl = client.describe_time_to_live(TableName=table["TableName"])["TimeToLiveDescription"]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSEDescription"]["Status"] == "ENABLED"
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    assert client.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"] == [
        {"Key": "application", "Value": "CryptoPulse"}
    ]


def test_a_ttl_that_was_not_yet_switched_on_is(moto: Store) -> None:
    moto.create_tables([replace(NOTES, ttl=None)])

    assert moto.create_tables([NOTES]) == []

    described = moto.describe(NOTES)
    assert described is not None
    assert described.ttl == "expires_at"


def test_a_server_without_recovery_and_tags_still_gets_its_tables_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with scripted_server() as server, caplog.at_level(logging.WARNING):
        server.answers(
            Failure("ResourceNotFoundException"),
            {"TableDescription": {"TableStatus": "ACTIVE"}},
            Failure("UnknownOperationException"),
            {"Table": {"TableArn": "arn:aws:dynamodb:ddblocal:000000000000:table/CryptoPulse_Names"}},
            Failure("UnknownOperationException"),
            Failure("ResourceNotFoundException"),
            {"TableDescription": {"TableStatus": "ACTIVE"}},
        )
        store = open_store(f"dynamodb://eu-central-1?endpoint={server.url}")

        assert store.create_tables([NAMES, READINGS]) == ["Names", "Readings"]
        store.close()

    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "CryptoPulse_Names has no point-in-time recovery",
        "CryptoPulse_Names has no tags",
    ]


def test_the_server_purges_by_itself(moto: Store) -> None:
    moto.create_tables([NOTES])
    moto.put(NOTES, {"owner": "a", "note": "n", "expires_at": 1})

    assert moto.purge_expired(datetime(2026, 11, 20, tzinfo=UTC)) == 0
