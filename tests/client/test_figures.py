"""Figures of a project."""

from image_labeling import Project


def test_figures_are_those_of_the_labels_that_are_there(project: Project) -> None:
    with project.lease(2) as lease:
        lease.submit({image.id: "Cat" for image in lease.images})
    progress = project.progress()
    assert (progress.total, progress.labeled, progress.share_labeled) == (6, 2, 2 / 6)
    assert {one.label: one.count for one in progress.by_label}["Cat"] == 2
    assert [(one.name, one.labeled) for one in progress.by_labeler] == [("administrator", 2)]
    assert [(one.name, one.labeled, one.rejected.count) for one in project.labelers()] == [("administrator", 2, 0)]
    activity = project.activity()
    assert sum(hour.labeled for hour in activity.hours) == sum(day.labeled for day in activity.days) == 2
    agreement = project.agreement()
    assert (agreement.images, agreement.alpha, agreement.by_label) == (0, None, [])
    assist = project.assist()
    assert (assist.enabled, assist.status, assist.labels) == (False, "off", 2)
