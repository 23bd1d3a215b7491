"""Private files: in a folder that only the site reads, and in S3 behind addresses that work for a while."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from pytest_django.fixtures import Settings

from core import private_files
from cryptopulse.options.private_files import storage_of
from tests import s3

HOUR = timedelta(hours=1)


def a_key(ending: str, owner: str = "alice") -> str:
    """A key that no file has."""
    return private_files.key_of("receipts", owner, private_files.new_file_name(ending))


def test_a_file_in_a_folder_is_for_the_site_alone(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {"private": storage_of(f"file:///{tmp_path}/files", Path("/"))}
    key = a_key("pdf")

    private_files.save(key, io.BytesIO(b"content"), "application/pdf")

    path = tmp_path / "files" / key
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert private_files.signed_address(key, content_type="x/y", disposition="inline", good_for=HOUR) is None


def test_a_key_is_never_written_twice(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {"private": storage_of(f"file:///{tmp_path}/files", Path("/"))}
    key = a_key("pdf")
    private_files.save(key, io.BytesIO(b"first"), "application/pdf")
    with pytest.raises(FileExistsError):
        private_files.save(key, io.BytesIO(b"second"), "application/pdf")
    assert (tmp_path / "files" / key).read_bytes() == b"first"


def test_keys_are_long_and_never_alike() -> None:
    keys = {a_key("jpg", owner="a/../b") for _ in range(100)}
    assert len(keys) == 100
    for key in keys:
        folder, owner, name = key.split("/")
        assert (folder, owner) == ("receipts", "a%2F..%2Fb")
        assert len(name) >= len("x" * 43 + ".jpg")


def test_a_relative_path_starts_at_the_project() -> None:
    storage = storage_of("file:///var/files", Path("/srv/site"))
    assert storage["OPTIONS"]["location"] == Path("/srv/site/var/files")


class TestS3:
    @pytest.fixture(autouse=True)
    def bucket(self, settings: Settings) -> Iterator[str]:
        with s3.a_bucket() as name:
            settings.STORAGES = {"private": storage_of(f"s3://{name}/private?region=eu-central-1", Path("/"))}
            yield name

    def test_a_file_is_kept_and_read_and_taken_away(self, bucket: str) -> None:
        key = a_key("png")
        private_files.save(key, io.BytesIO(b"content"), "image/png")

        client = boto3.client("s3", region_name="eu-central-1")
        found = client.get_object(Bucket=bucket, Key=f"private/{key}")
        assert found["Body"].read() == b"content"
        assert found["ContentType"] == "image/png"
        grants = client.get_object_acl(Bucket=bucket, Key=f"private/{key}")["Grants"]
        assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
        with private_files.private_files().open(key) as file:
            assert file.read() == b"content"
        private_files.private_files().delete(key)
        assert not private_files.private_files().exists(key)

    def test_the_signed_address_hands_it_out_with_fixed_headers(self) -> None:
        key = a_key("pdf")
        private_files.save(key, io.BytesIO(b"content"), "application/pdf")
        disposition = 'attachment; filename="bill.pdf"'

        address = private_files.signed_address(
            key, content_type="application/pdf", disposition=disposition, good_for=HOUR
        )

        assert address is not None
        assert "X-Amz-Expires=3600" in address
        content, headers = s3.fetched(address)
        assert content == b"content"
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"] == disposition
