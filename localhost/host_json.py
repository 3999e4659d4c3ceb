"""host.json: the settings of the Functions host that the triggers used here know, with that host's defaults.

Settings of the environment override the file as they do there: AzureFunctionsJobHost__extensions__queues__batchSize.
"""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from localhost.errors import StartError

OVERRIDE = "AzureFunctionsJobHost__"
TIME_SPAN = re.compile(r"(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)", re.ASCII)


def _time_span(value: object) -> object:
    """.NET's [d.]hh:mm:ss[.f], which host.json uses."""
    if not isinstance(value, str):
        return value
    found = TIME_SPAN.fullmatch(value)
    if not found:
        raise ValueError("is not a time span like 00:05:00")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


TimeSpan = Annotated[timedelta, BeforeValidator(_time_span)]


class Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True, extra="ignore")


class Http(Part):
    route_prefix: str = "api"


class Queues(Part):
    batch_size: Annotated[int, Field(ge=1, le=32)] = 16
    new_batch_threshold: Annotated[int, Field(ge=0)] | None = None
    max_dequeue_count: Annotated[int, Field(ge=1)] = 5
    visibility_timeout: TimeSpan = timedelta(0)
    max_polling_interval: TimeSpan = timedelta(minutes=1)
    message_encoding: Literal["base64", "none"] = "base64"

    @property
    def threshold(self) -> int:
        return self.batch_size // 2 if self.new_batch_threshold is None else self.new_batch_threshold


class Extensions(Part):
    http: Http = Http()
    queues: Queues = Queues()


class HostJson(Part):
    version: Literal["2.0"]
    function_timeout: TimeSpan = timedelta(minutes=5)
    extensions: Extensions = Extensions()


def read(file: Path, environment: Mapping[str, str]) -> HostJson:
    try:
        settings = json.loads(file.read_bytes())
        for name, value in environment.items():
            if name.startswith(OVERRIDE):
                _set(settings, name.removeprefix(OVERRIDE).split("__"), value)
        return HostJson.model_validate(settings)
    except OSError as error:
        raise StartError(f"{file} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise StartError(f"{file}: {place}: {first['msg']}.") from error
    except ValueError as error:
        raise StartError(f"{file} is not JSON: {error}.") from error


def _set(settings: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        settings = settings.setdefault(part, {})
    settings[path[-1]] = value
