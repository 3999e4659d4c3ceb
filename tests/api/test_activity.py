"""Activity over the API: labels that stand, by when they were set."""

from datetime import UTC, datetime, timedelta

from tests.api.builders import Folder, People, good, new_project, pictures


def test_labels_are_told_by_the_hour_and_day_in_which_they_were_set(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    assert good(project.boss.get(f"{project.path}/activity")) == {"hours": [], "days": []}
    begun = datetime.now(UTC)
    labeled = project.label(project.boss, 3)
    good(project.boss.post(f"{project.path}/rejections", json={"images": [{"id": labeled[0]}]}))
    lease = project.lease(project.boss, 2)
    first, second = (image["id"] for image in lease["images"])
    good(project.submit(project.boss, lease, {first: ["Dog"]}, [{"id": second}]))
    told = good(project.boss.get(f"{project.path}/activity"))
    assert sum(hour["labeled"] for hour in told["hours"]) == 3
    assert sum(day["labeled"] for day in told["days"]) == 3
    hours = [datetime.fromisoformat(hour["at"]) for hour in told["hours"]]
    assert all((at.minute, at.second, at.microsecond, at.utcoffset()) == (0, 0, 0, timedelta()) for at in hours)
    assert begun - timedelta(hours=1) < hours[0] <= hours[-1] <= datetime.now(UTC)
    assert sorted({str(at.date()) for at in hours}) == [day["date"] for day in told["days"]]
    [row] = project.progress()["byLabeler"]
    assert sum(row["lastHours"]) == sum(hour["labeled"] for hour in told["hours"])


def test_a_labeler_sees_their_own_hours_alone(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    labeler = project.invite("labeler")
    project.label(project.boss, 3)
    project.label(labeler, 2)
    everybody = project.progress()["byLabeler"]
    assert [sum(row["lastHours"]) for row in everybody] == [3, 2]
    assert all(0 < row["labeledPerHour"] <= row["labeled"] for row in everybody)
    assert [sum(row["lastHours"]) for row in project.progress(labeler)["byLabeler"]] == [2]
