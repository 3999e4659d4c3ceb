import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from localhost.invocation import Failed, Invoker
from localhost.loading import Function


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def function(call: Callable[..., object], *, has_return: bool = True) -> Function:
    return Function("f", call, {"type": "httpTrigger", "name": "req"}, has_return)


async def test_async_functions_run_on_the_loop_and_others_in_a_thread(threads: ThreadPoolExecutor) -> None:
    async def on_the_loop(req: object) -> int:
        return threading.get_ident()

    def in_a_thread(req: object) -> int:
        return threading.get_ident()

    invoke = Invoker(timedelta(minutes=1), threads)
    assert await invoke(function(on_the_loop), "x") == threading.get_ident()
    assert await invoke(function(in_a_thread), "x") != threading.get_ident()


async def test_a_function_that_runs_longer_than_the_timeout_is_cut_off(
    threads: ThreadPoolExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    async def endless(req: object) -> None:
        await asyncio.Event().wait()

    with pytest.raises(Failed):
        await Invoker(timedelta(milliseconds=10), threads)(function(endless), "x")
    assert "the function timeout" in caplog.text


async def test_a_value_without_a_binding_for_it_is_a_failure(threads: ThreadPoolExecutor) -> None:
    async def returning(req: object) -> int:
        return 1

    with pytest.raises(Failed):
        await Invoker(timedelta(minutes=1), threads)(function(returning, has_return=False), "x")
