"""host.json: the settings of the Functions host that the triggers used here know, with that host's defaults."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from localhost.errors import StartError


def _time_span(value: object) -> object:
    """.NET's [d.]hh:mm:ss, which host.json uses."""
    if not isinstance(value, str):
        return value
    days, _, clock = value.rpartition(".")
    try:
        hours, minutes, seconds = clock.split(":")
        return timedelta(days=int(days or 0), hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    except ValueError as error:
        raise ValueError("is not a time span like 00:05:00") from error


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


def read(file: Path) -> HostJson:
    try:
        return HostJson.model_validate_json(file.read_bytes())
    except OSError as error:
        raise StartError(f"{file} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise StartError(f"{file}: {place}: {first['msg']}.") from error
