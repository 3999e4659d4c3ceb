"""Requests to tables, signed with the account's key."""

import base64
import hashlib
import hmac
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy


class SharedKeyLite(SansIOHTTPPolicy[Any, Any]):
    """Signs with the account's key, on one machine; in Azure the service's identity is asked for a token instead.

    https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
    """

    def __init__(self, account: str, key: str) -> None:
        self._account = account
        self._key = base64.b64decode(key)

    def on_request(self, request: PipelineRequest[Any]) -> None:
        sent, date = request.http_request, formatdate(usegmt=True)
        text = f"{date}\n/{self._account}{urlsplit(sent.url).path}"
        signature = base64.b64encode(hmac.digest(self._key, text.encode(), hashlib.sha256)).decode()
        sent.headers["x-ms-date"] = date
        sent.headers["Authorization"] = f"SharedKeyLite {self._account}:{signature}"
