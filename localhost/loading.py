"""function_app.py, read as the worker reads it: what the worker or the host refuses at its start is refused here."""

import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import azure.functions as func

from localhost.errors import StartError

FUNCTION_NAME = re.compile(r"[a-z][a-z0-9_-]{0,127}", re.IGNORECASE)
TRIGGERS = {"httpTrigger": func.HttpRequest, "queueTrigger": func.QueueMessage, "timerTrigger": func.TimerRequest}


@dataclass(frozen=True)
class Function:
    name: str
    call: Callable[..., Any]
    trigger: Mapping[str, Any]
    has_return: bool

    @property
    def kind(self) -> str:
        return str(self.trigger["type"])


def load(app_dir: Path, environment: Mapping[str, str]) -> list[Function]:
    """Import function_app.py, and read the functions of the one FunctionApp in it."""
    file = app_dir / "function_app.py"
    if not file.exists():
        raise StartError(f"There is no {file}.")
    sys.path.insert(0, str(app_dir))
    spec = importlib.util.spec_from_file_location("function_app", file)
    if spec is None or spec.loader is None:
        raise StartError(f"{file} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["function_app"] = module
    spec.loader.exec_module(module)
    apps = [value for value in vars(module).values() if isinstance(value, func.FunctionApp)]
    if len(apps) != 1:
        raise StartError(f"{file} must have exactly one FunctionApp at its top level; it has {len(apps)}.")
    return index(apps[0], environment)


def index(app: func.FunctionApp, environment: Mapping[str, str]) -> list[Function]:
    try:
        declared = app.get_functions()
    except ValueError as error:
        raise StartError(f"The functions cannot be read: {error}") from error
    functions: dict[str, Function] = {}
    for each in declared:
        function = _read(each, environment)
        if function.name.lower() in functions:
            raise StartError(f"Two functions are named {function.name!r} (names are compared without case).")
        functions[function.name.lower()] = function
    return list(functions.values())


def _read(declared: Any, environment: Mapping[str, str]) -> Function:
    name, call = declared.get_function_name(), declared.get_user_function()
    if not FUNCTION_NAME.fullmatch(name):
        raise StartError(f"Function {name!r}: a name has letters, digits, - and _, and starts with a letter.")
    trigger = _plain(declared.get_trigger().get_dict_repr(), environment, name)
    if trigger["type"] not in TRIGGERS:
        raise StartError(f"Function {name}: the trigger {trigger['type']} is not among those that run here.")
    bindings = [_plain(binding.get_dict_repr(), environment, name) for binding in declared.get_bindings()]
    others = {str(binding["name"]): str(binding["type"]) for binding in bindings if binding["name"] != trigger["name"]}
    has_return = others.pop("$return", None) is not None
    for other, kind in others.items():
        raise StartError(f"Function {name}: the binding {other!r} ({kind}) is not among those that run here.")
    _check_parameters(name, call, trigger)
    return Function(name, call, trigger, has_return)


def _check_parameters(name: str, call: Callable[..., Any], trigger: Mapping[str, Any]) -> None:
    parameters = inspect.signature(call).parameters
    bound = str(trigger["name"])
    unbound = sorted(set(parameters) - {bound})
    if unbound:
        raise StartError(f"Function {name}: these parameters have no binding: {', '.join(unbound)}.")
    if bound not in parameters:
        raise StartError(f"Function {name}: the binding {bound!r} has no parameter in the Python function.")
    annotation, expected = parameters[bound].annotation, TRIGGERS[str(trigger["type"])]
    if isinstance(annotation, type) and annotation is not inspect.Parameter.empty and annotation is not expected:
        raise StartError(
            f"Function {name}: the parameter {bound!r} is annotated {annotation.__name__}, "
            f"but a {trigger['type']} hands in {expected.__name__}."
        )


def _plain(binding: Mapping[str, Any], environment: Mapping[str, str], name: str) -> dict[str, Any]:
    """The binding with plain values, and with each %setting% replaced by the setting's value."""

    def plain(value: Any) -> Any:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, list):
            return [plain(item) for item in value]
        return re.sub(r"%([^%]+)%", setting, value) if isinstance(value, str) else value

    def setting(found: re.Match[str]) -> str:
        try:
            return environment[found[1]]
        except KeyError as error:
            raise StartError(f"Function {name}: '%{found[1]}%' does not resolve to a value.") from error

    return {key: plain(value) for key, value in binding.items()}
