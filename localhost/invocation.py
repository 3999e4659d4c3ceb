"""One call of a function: on the event loop if it is async, in a thread if it is not, and never longer than allowed."""

import asyncio
import inspect
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from localhost.loading import Function

log = logging.getLogger(__name__)


class Failed(Exception):
    """The function failed, and its traceback is in the log."""


@dataclass(frozen=True)
class Invoker:
    timeout: timedelta
    threads: ThreadPoolExecutor

    async def __call__(self, function: Function, argument: object) -> Any:
        """What the function returned."""
        arguments = {str(function.trigger["name"]): argument}
        try:
            async with asyncio.timeout(self.timeout.total_seconds()) as limit:
                if inspect.iscoroutinefunction(function.call):
                    result = await function.call(**arguments)
                else:
                    loop = asyncio.get_running_loop()
                    result = await loop.run_in_executor(self.threads, lambda: function.call(**arguments))
        except Exception as error:
            if isinstance(error, TimeoutError) and limit.expired():
                log.error("Function %s ran longer than %s, the function timeout.", function.name, self.timeout)  # noqa: TRY400
            else:
                log.exception("Function %s failed.", function.name)
            raise Failed(function.name) from error
        if result is not None and not function.has_return:
            log.error("Function %s returned a value, but has no binding for one.", function.name)
            raise Failed(function.name)
        return result
