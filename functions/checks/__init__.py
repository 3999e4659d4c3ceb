"""Checks: how right the labels are, by random samples that reviewers judge; and how right each labeler's are."""
