"""What is taken at a time stays within a total, first come, first served."""

import asyncio
import random

from functions.imaging.budget import Budget


async def test_never_more_than_the_total_is_taken_and_everybody_gets_a_turn() -> None:
    dice, budget, taken, most, served = random.Random(1), Budget(10), 0, 0, 0

    async def work(amount: int) -> None:
        nonlocal taken, most, served
        async with budget.taking(amount):
            taken += min(amount, 10)
            most = max(most, taken)
            await asyncio.sleep(dice.random() / 500)
            taken -= min(amount, 10)
            served += 1

    await asyncio.gather(*(work(dice.randrange(14)) for _ in range(300)))
    assert (taken, served) == (0, 300)
    assert 8 <= most <= 10


async def test_what_is_large_is_not_overtaken_by_what_is_small() -> None:
    budget, order = Budget(10), []

    async def work(name: str, amount: int) -> None:
        async with budget.taking(amount):
            order.append(name)
            await asyncio.sleep(0.01)

    await asyncio.gather(work("first", 6), work("large", 10), *(work("small", 1) for _ in range(20)))
    assert order[:2] == ["first", "large"]


async def test_whoever_gives_up_waiting_leaves_no_trace() -> None:
    budget = Budget(10)

    async def wait() -> None:
        async with budget.taking(5):
            raise AssertionError("there was no room")

    async with budget.taking(8):
        waiting = [asyncio.create_task(wait()) for _ in range(3)]
        small = asyncio.create_task(_take(budget, 2))
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.wait_for(small, 5)
    await asyncio.wait_for(_take(budget, 10), 5)


async def test_whoever_gives_up_when_it_is_their_turn_gives_back_what_they_got() -> None:
    budget = Budget(10)
    async with budget.taking(10):
        waiting = asyncio.create_task(_take(budget, 10))
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(_take(budget, 10), 5)


async def _take(budget: Budget, amount: int) -> None:
    async with budget.taking(amount):
        pass
