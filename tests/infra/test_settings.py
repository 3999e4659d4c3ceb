"""What the code reads is set by the templates or has a default, and what they set is read."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import function_app  # noqa: F401 - the rooms register with it
from functions.background import TIMER
from functions.callers.administrators import BOUND
from functions.http.routes import ROUTES
from functions.logs import MOST_BY_NOBODY, REQUEST
from functions.refresh.run import FAILED
from functions.settings import AZURE_MARKS, DATA_STORAGE, Settings, SettingsError
from localhost.http_functions import MOST_BYTES
from tests.infra.bicep import File, plain
from tests.infra.policy import resources
from tests.infra.reading import environment_readers, places, settings_read, trigger_connections

# Only for one machine, or another's deployment: in Azure they would open a door.
ON_ONE_MACHINE = {
    "AzureWebJobsStorage",
    "DATA_STORAGE",
    "AzureWebJobsStorage__accountName",
    "SECRETS_FILE",
    "LOCALHOST_SECRET",
    "DEVELOPER",
    "AZURE_FUNCTIONS_ENVIRONMENT",
    "LOOPBACK_DATASTORES",
}
# Another way to say what is said already.
OTHERWISE_SAID = {"AzureWebJobsStorage__accountName"}
# Set by the platform itself; who sets them by hand breaks what they vouch for.
BY_THE_PLATFORM = {"WEBSITE_AUTH_ENABLED", *AZURE_MARKS}
NOT_IN_AZURE = ON_ONE_MACHINE | OTHERWISE_SAID | BY_THE_PLATFORM
# Read by the Functions host and its extensions, not by the code.
FOR_THE_HOST = {
    "AzureWebJobsStorage__blobServiceUri",
    "AzureWebJobsStorage__tableServiceUri",
    "AzureWebJobsStorage__credential",
    "AzureWebJobsStorage__clientId",
    "DATA_STORAGE__credential",
    "DATA_STORAGE__clientId",
    "APPLICATIONINSIGHTS_CONNECTION_STRING",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT",
}


def settings_given(folder: Path) -> dict[str, str]:
    bodies = [body for _, one, body in resources(folder) if one.type == "Microsoft.Web/sites/config"]
    assert len(bodies) == 1
    return dict(bodies[0]["properties"])


def complaints(folder: Path, read: set[str]) -> list[str]:
    """Settings that nobody sets, that nobody reads, and that may not be set."""
    given = set(settings_given(folder))
    unknown = read - given - NOT_IN_AZURE
    return [
        *(f"{name} is read by the code and not set" for name in unknown),
        *(f"{name} is set and read by nobody" for name in given - read - FOR_THE_HOST),
        *(f"{name} may not be set in Azure" for name in given & NOT_IN_AZURE),
        *(f"{name} is needed by the host" for name in FOR_THE_HOST - given),
    ]


def test_every_setting_that_the_code_reads_is_set_and_every_one_that_is_set_is_read(root: Path) -> None:
    assert complaints(root / "infra", settings_read()) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    KEY_VAULT_URI: vaultUri\n", "", "KEY_VAULT_URI is read by the code and not set"),
        ("    EXPORT_DAYS: string(exportDays)\n", "", "EXPORT_DAYS is read by the code and not set"),
        (
            "KEY_VAULT_URI: vaultUri\n",
            "KEY_VAULT_URI: vaultUri\n    VAULT: vaultUri\n",
            "VAULT is set and read by nobody",
        ),
        ("KEY_VAULT_URI: vaultUri\n", "KEY_VAULT_URI: vaultUri\n    DEVELOPER: vaultUri\n", "DEVELOPER may not be set"),
        (
            "ADMINISTRATORS: adm",
            "WEBSITE_AUTH_ENABLED: 'true'\n    ADMINISTRATORS: adm",
            "WEBSITE_AUTH_ENABLED may not",
        ),
        ("    DATA_STORAGE__clientId: identityClientId\n", "", "DATA_STORAGE__clientId is needed by the host"),
    ],
)
def test_a_setting_that_is_amiss_is_found(
    faulty: Callable[[str, str, str], Path], old: str, new: str, found: str
) -> None:
    assert any(
        found in words for words in complaints(faulty("infra/functions.bicep", old, new) / "infra", settings_read())
    )


def test_a_setting_that_the_code_comes_to_read_must_be_decided_on(root: Path) -> None:
    read = settings_read() | {"NEW_SETTING"}
    assert complaints(root / "infra", read) == ["NEW_SETTING is read by the code and not set"]


def test_the_host_takes_no_larger_body_than_here_and_the_largest_that_a_route_takes(root: Path) -> None:
    limit = int(settings_given(root / "infra")["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"].removeprefix("string(")[:-1])
    assert limit == MOST_BYTES <= 25 * 2**20
    assert max(declared.most_bytes for declared in ROUTES) < limit


def test_the_service_starts_with_what_the_templates_set_and_not_without(root: Path) -> None:
    whole = dict.fromkeys(settings_given(root / "infra"), "10")
    settings = Settings.from_environment(whole)
    assert settings.storage_connection_string is None
    assert not settings.platform_signs_in
    for name in ("DATA_STORAGE__tableServiceUri", "KEY_VAULT_URI"):
        with pytest.raises(SettingsError):
            Settings.from_environment({key: value for key, value in whole.items() if key != name})


@pytest.mark.parametrize("name", [".", "..", "%2e%2E", "a/b", "a\\b"])
def test_an_administrator_is_nobody_whose_name_shortens_an_address(root: Path, name: str) -> None:
    whole = dict.fromkeys(settings_given(root / "infra"), "10")
    with pytest.raises(SettingsError, match="ADMINISTRATORS"):
        Settings.from_environment({**whole, "ADMINISTRATORS": f"anna@example.org, {name}"})


def test_only_the_settings_module_reads_the_environment(root: Path) -> None:
    assert environment_readers(root / "functions") == {"settings.py"}


def test_a_module_that_reads_the_environment_is_found(tmp_path: Path) -> None:
    (tmp_path / "sly.py").write_text("import os\nx = os.environ['X']\n", "utf-8")
    assert environment_readers(tmp_path) == {"sly.py"}


def test_the_triggers_use_the_connection_that_is_set(root: Path) -> None:
    assert trigger_connections(root / "functions") == {"DATA_STORAGE"}
    assert f"{DATA_STORAGE}__queueServiceUri" in settings_given(root / "infra")


def places_declared(folder: Path) -> dict[str, set[str]]:
    """The names of queues, containers and tables of the data account in the templates."""
    kinds = {
        "Microsoft.Storage/storageAccounts/queueServices/queues": "queue",
        "Microsoft.Storage/storageAccounts/blobServices/containers": "container",
        "Microsoft.Storage/storageAccounts/tableServices/tables": "table",
    }
    found: dict[str, set[str]] = {kind: set() for kind in kinds.values()}
    for file, one, body in resources(folder):
        if one.type in kinds and body["parent"] != "hostBlobs":
            names = {"containers": "containerNames", "queue": "queueNames"}.get(one.name)
            found[kinds[one.type]] |= set(plain(file.of("var")[names].value, {})) if names else {body["name"]}
    return found


def test_every_queue_container_and_table_of_the_code_is_declared_and_no_other(root: Path) -> None:
    assert places_declared(root / "infra") == places(root / "functions")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'preparations', ", ""),
        ("['exports', 'snapshots'", "['exports', 'snapshot'"),
        ("'opinions']", "'opinions', 'more']"),
        ("name: 'service'", "name: 'services'"),
    ],
)
def test_a_place_that_is_not_declared_is_found(faulty: Callable[[str, str, str], Path], old: str, new: str) -> None:
    root = Path(__file__).resolve().parents[2]
    assert places_declared(faulty("infra/storage.bicep", old, new) / "infra") != places(root / "functions")


def test_places_are_found_in_code_however_they_are_named(tmp_path: Path) -> None:
    code = "NEW_QUEUE = 'one'\nstorage.container('two')\n@blueprint.queue_trigger(queue_name='three')\ndef f(): ...\n"
    (tmp_path / "new.py").write_text(code, "utf-8")
    assert places(tmp_path) == {"queue": {"one", "three"}, "container": {"two"}, "table": set()}


def alerts(root: Path) -> str:
    return (root / "infra" / "alerts.bicep").read_text("utf-8")


def test_people_are_told_of_what_seems_an_attack_and_of_a_log_that_is_full(root: Path) -> None:
    rules = plain(File(root / "infra" / "alerts.bicep").of("var")["rules"].value, {})
    scopes = {rule["name"]: rule["scope"] for rule in rules}
    assert {name: scopes[name] for name in ("denials", "administrators", "secrets", "cap")} == {
        "denials": "insightsId",
        "administrators": "insightsId",
        "secrets": "auditId",
        "cap": "logId",
    }
    # The service's own reading of secrets is no news.
    assert '!contains "${servicePrincipalId}"' in next(rule["query"] for rule in rules if rule["name"] == "secrets")
    denials = next(rule for rule in rules if rule["name"] == "denials")
    assert denials["threshold"] < MOST_BY_NOBODY * 15


def test_the_alerts_look_for_lines_that_are_written_and_never_sampled_away(root: Path) -> None:
    queries = re.findall(r"(?:message contains|message ==|message\) ==) \"([^\"]+)\"", alerts(root))
    # The first line is the Functions host's.
    assert queries == ["Message has reached MaxDequeueCount", FAILED, TIMER, REQUEST, BOUND]
    # The host's own way to Application Insights samples; the other does not.
    assert json.loads((root / "host.json").read_text("utf-8"))["telemetryMode"] == "OpenTelemetry"
