"""A small function app that the tests run in the host: it writes down what the host does to it."""

import asyncio
import json
import os
from pathlib import Path

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


def note(**what: object) -> None:
    with Path(os.environ["TOY_JOURNAL"]).open("a", encoding="utf-8") as journal:
        journal.write(json.dumps(what) + "\n")


@app.route(route="echo/{id:int}/{kind?}", methods=["GET", "POST"])
async def echo(req: func.HttpRequest) -> func.HttpResponse:
    told = {
        "method": req.method,
        "route": dict(req.route_params),
        "query": dict(req.params),
        "headers": dict(req.headers),
        "body": req.get_body().decode(),
        "secret": os.environ["LOCALHOST_SECRET"],
    }
    return func.HttpResponse(json.dumps(told), mimetype="application/json", status_code=201)


@app.route(route="fail", methods=["GET"])
def fail(req: func.HttpRequest) -> func.HttpResponse:
    raise RuntimeError("a private detail")


@app.route(route="slow", methods=["GET"])
async def slow(req: func.HttpRequest) -> func.HttpResponse:
    note(slow="begun")
    await asyncio.sleep(2)
    return func.HttpResponse("done")


@app.queue_trigger(arg_name="message", queue_name="%TOY_QUEUE%", connection="DATA_STORAGE")
async def work(message: func.QueueMessage) -> None:
    text = message.get_body().decode()
    note(message=text, dequeue_count=message.dequeue_count, id=message.id, inserted=str(message.insertion_time))
    if text == "bad":
        raise ValueError("this message cannot be worked on")
    if text == "slow":
        await asyncio.sleep(2)
        note(message="slow, done")


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *")
def yearly(timer: func.TimerRequest) -> None:
    note(timer="yearly", past_due=timer.past_due)


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *", run_on_startup=True)
async def early(timer: func.TimerRequest) -> None:
    note(timer="early", past_due=timer.past_due)
    raise ValueError("a timer that fails goes on")
