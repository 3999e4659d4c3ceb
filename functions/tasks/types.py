"""All task types. A new one is named here."""

from collections.abc import Mapping
from typing import Literal, get_args

from functions.tasks.base import TaskType
from functions.tasks.multi_class import MultiClass
from functions.tasks.multi_label import MultiLabel

TaskTypeName = Literal["multiClass", "multiLabel"]

TASK_TYPES: Mapping[str, TaskType] = {task.name: task for task in (MultiClass(), MultiLabel())}

assert TASK_TYPES.keys() == set(get_args(TaskTypeName)), "each task type is named on the wire"
