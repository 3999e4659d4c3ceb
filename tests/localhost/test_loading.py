from collections.abc import Callable
from pathlib import Path

import azure.functions as func
import pytest

from localhost import host_json
from localhost.errors import StartError
from localhost.loading import index, load


def app_with(function: Callable[..., object], *, name: str = "function", queue: str = "jobs") -> func.FunctionApp:
    app = func.FunctionApp()
    app.function_name(name)(app.queue_trigger("message", queue, "DATA_STORAGE")(function))
    return app


def good(message: func.QueueMessage) -> None: ...


def extra(message: func.QueueMessage, other: str) -> None: ...


def other_name(text: func.QueueMessage) -> None: ...


def other_type(message: func.TimerRequest) -> None: ...


def test_a_good_function_is_read_with_its_settings_resolved() -> None:
    (function,) = index(app_with(good, queue="%PREFIX%-jobs"), {"PREFIX": "my"})
    assert (function.name, function.kind, function.trigger["queueName"]) == ("function", "queueTrigger", "my-jobs")


@pytest.mark.parametrize(
    ("app", "words"),
    [
        (app_with(extra), "no binding: other"),
        (app_with(other_name), "no binding: text"),
        (app_with(other_type), "annotated TimerRequest"),
        (app_with(good, name="9lives"), "'9lives'"),
        (app_with(good, queue="%NOTHING%"), "'%NOTHING%' does not resolve"),
    ],
)
def test_a_function_that_the_host_refuses_stops_the_start(app: func.FunctionApp, words: str) -> None:
    with pytest.raises(StartError, match=words):
        index(app, {})


def test_names_that_differ_only_in_case_are_the_same_name() -> None:
    app = app_with(good, name="Count")
    app.function_name("count")(app.queue_trigger("message", "others", "DATA_STORAGE")(good))
    with pytest.raises(StartError, match="Two functions are named"):
        index(app, {})


def test_a_binding_that_is_not_played_here_is_named() -> None:
    app = func.FunctionApp()

    @app.timer_trigger("timer", "0 0 0 * * *")
    @app.queue_output("out", "jobs", "DATA_STORAGE")
    def function(timer: func.TimerRequest, out: func.Out[str]) -> None: ...

    with pytest.raises(StartError, match="'out' \\(queue\\)"):
        index(app, {})


def test_a_folder_without_functions_is_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"function_app\.py"):
        load(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ('{"version": "1.0"}', "version"),
        ('{"version": "2.0", "functionTimeout": "5m"}', "time span"),
        ('{"version": "2.0", "extensions": {"queues": {"batchSize": 33}}}', r"extensions\.queues\.batchSize"),
    ],
)
def test_a_wrong_host_json_is_told_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "host.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StartError, match=words):
        host_json.read(file)


def test_the_host_s_defaults_fill_what_host_json_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "host.json"
    file.write_text('{"version": "2.0"}', encoding="utf-8")
    read = host_json.read(file)
    queues = read.extensions.queues
    assert (read.extensions.http.route_prefix, queues.batch_size, queues.threshold) == ("api", 16, 8)
    assert (queues.max_dequeue_count, read.function_timeout.total_seconds()) == (5, 300)
