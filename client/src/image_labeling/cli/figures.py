"""`project labelers`, `activity`, `agreement`, `suggestions`, `train`: how well a project goes."""

import typer

from image_labeling.answers.figures import Counted, DayCount, Labeler
from image_labeling.cli.bars import Bar
from image_labeling.cli.options import Json, NoWait, ProjectName, Timeout
from image_labeling.cli.output import Column, percent, show_list, show_one
from image_labeling.labeling import Labeling

COLUMNS = (
    Column[Labeler]("NAME", lambda labeler: labeler.name, folds=True),
    Column[Labeler]("LABELED", lambda labeler: labeler.labeled, is_number=True),
    Column[Labeler]("LAST HOUR", lambda labeler: int(labeler.labeled_per_hour), is_number=True, spare=True),
    Column[Labeler]("SKIPPED", lambda labeler: labeler.skipped, is_number=True, spare=True),
    Column[Labeler]("REJECTED", lambda labeler: _share(labeler.rejected), is_number=True),
    Column[Labeler]("AGREEMENT", lambda labeler: _share(labeler.agreement), is_number=True),
    Column[Labeler]("RIGHT", lambda labeler: _share(labeler.checked), is_number=True),
)

DAYS = (
    Column[DayCount]("DAY (UTC)", lambda day: day.date),
    Column[DayCount]("LABELED", lambda day: day.labeled, is_number=True),
)


def add_to(app: typer.Typer) -> None:
    for command in (labelers, activity, agreement, suggestions, train):
        app.command()(command)


def labelers(project: ProjectName, as_json: Json = False) -> None:
    """List who labeled how much, and how well."""
    with Labeling() as labeling:
        show_list(labeling.project(project).labelers(), COLUMNS, as_json, none="Nobody has labeled anything.")


def activity(project: ProjectName, as_json: Json = False) -> None:
    """List on which days how many labels were set that stand."""
    with Labeling() as labeling:
        show_list(labeling.project(project).activity().days, DAYS, as_json, none="Nothing is labeled.")


def agreement(project: ProjectName, as_json: Json = False) -> None:
    """Show how far people agree, where several look at an image."""
    with Labeling() as labeling:
        found = labeling.project(project).agreement()
        fields: list[tuple[str, object]] = [
            ("images", found.images),
            ("opinions", found.opinions),
            ("agreement", percent(found.agreement, found.agreement_interval)),
            ("alpha", _alpha(found.alpha, found.interval)),
            ("disputed", found.disputed),
            *((f"  {one.label}", percent(one.agreement, one.agreement_interval)) for one in found.by_label),
            *((f"  {one.labels[0]} or {one.labels[1]}", one.count) for one in found.confusion[:10]),
        ]
        show_one(found, fields, as_json)


def suggestions(project: ProjectName, as_json: Json = False) -> None:
    """Show how suggestions stand."""
    with Labeling() as labeling:
        found = labeling.project(project).assist()
        fields: list[tuple[str, object]] = [
            ("status", found.status),
            *([("why", found.detail)] if found.detail else []),
            ("labels", found.labels),
            ("learned from", found.learned_from),
            ("learns again at", found.learns_at),
        ]
        if found.lately:
            fields.append(("lately right", f"{found.lately.right:,} of {found.lately.suggested:,}"))
        if found.waiting:
            fields += [("will be sure of", found.waiting.sure), ("left to people", found.waiting.unsure)]
        show_one(found, fields, as_json)


def train(project: ProjectName, no_wait: NoWait = False, timeout: Timeout = None, as_json: Json = False) -> None:
    """Learn from the labels of now what to suggest."""
    with Labeling() as labeling:
        found = labeling.project(project)
        with Bar(f"Learning from the labels of {found.name}"):
            done = found.trainings.start(wait=not no_wait, timeout=timeout)
        fields: list[tuple[str, object]] = [
            ("status", done.status),
            *([("why", done.detail)] if done.detail else []),
            ("labels", done.labels),
            ("right", percent(done.right)),
            ("sure of", percent(done.sure_share)),
        ]
        show_one(done, fields, as_json)


def _share(counted: Counted) -> str:
    return percent(counted.share)


def _alpha(alpha: float | None, interval: tuple[float, float] | None) -> str:
    if alpha is None:
        return "-"
    return f"{alpha:.2f} ({interval[0]:.2f} to {interval[1]:.2f})" if interval else f"{alpha:.2f}"
