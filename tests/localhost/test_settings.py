"""What the functions are told."""

from pathlib import Path

import pytest

from localhost.settings import read


@pytest.mark.parametrize(
    ("environment", "told"), [({}, None), ({"DATA_STORAGE": "another way"}, "another way")], ids=["alone", "told"]
)
def test_the_functions_may_be_shown_another_way_to_storage_and_the_host_goes_its_own(
    tmp_path: Path, environment: dict[str, str], told: str | None
) -> None:
    settings = read({"DATA_DIR": str(tmp_path)}, tmp_path)
    names = settings.for_functions("secret", environment)
    assert names["DATA_STORAGE"] == (told or settings.data_storage)
    assert names["AzureWebJobsStorage"] == settings.data_storage
