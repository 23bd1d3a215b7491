"""Buckets of moto's imitation of S3, and files fetched from their signed addresses."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import boto3
import requests
from moto import mock_aws

REGION = "eu-central-1"

_numbers = itertools.count(1)


@contextmanager
def a_bucket() -> Iterator[str]:
    """The name of an empty bucket in `REGION`, while moto answers."""
    with mock_aws():
        name = f"test-{next(_numbers)}-receipts"
        boto3.client("s3", region_name=REGION).create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        yield name


def fetched(address: str) -> tuple[bytes, Mapping[str, str]]:
    """What a signed address of S3 answers, and its headers."""
    answer = requests.get(address, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.content, answer.headers
