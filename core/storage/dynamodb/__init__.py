"""The item store on DynamoDB, or any server that speaks its API."""

from core.storage.dynamodb.backend import DynamoBackend
from core.storage.dynamodb.client import Client

__all__ = ["Client", "DynamoBackend"]
