"""The templates say what a security review wants to read, and each policy finds what is against it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from functions.http.overload import MOST_UNDER_WAY
from tests.infra.bicep import File, plain
from tests.infra.policy import RECORDED, ROLE_IDS, ROLES, recorded, resources, role_given, violations

Faulty = Callable[[str, str, str], Path]


def test_the_templates_are_within_all_policies(root: Path) -> None:
    assert violations(root / "infra") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "allowSharedKeyAccess is True"),
        ("storage.bicep", "  allowSharedKeyAccess: false\n", "", "allowSharedKeyAccess is None"),
        ("storage.bicep", "allowBlobPublicAccess: false", "allowBlobPublicAccess: true", "allowBlobPublicAccess"),
        ("storage.bicep", "'TLS1_2'", "'TLS1_0'", "minimumTlsVersion is 'TLS1_0'"),
        ("storage.bicep", "supportsHttpsTrafficOnly: true", "supportsHttpsTrafficOnly: false", "supportsHttpsTraffic"),
        ("storage.bicep", "isPrivate ? 'Disabled' : 'Enabled'", "'Enabled'", "publicNetworkAccess is 'Enabled'"),
        ("storage.bicep", "bypass: 'None'", "bypass: 'AzureServices'", "bypass is 'AzureServices'"),
        ("storage.bicep", "'https://${siteHost}'", "'*'", "CORS lets in ['*']"),
        ("storage.bicep", "['PUT']", "['PUT', 'GET']", "CORS allows"),
        ("storage.bicep", "['content-type', 'x-ms-blob-type']", "['*']", "CORS takes or shows more"),
        ("storage.bicep", "name: packagesName", "name: packagesName\n  properties: { publicAccess: 'Blob' }", "'Blob'"),
        ("storage.bicep", "isVersioningEnabled: true", "isVersioningEnabled: false", "leaves no version"),
        ("storage.bicep", "version: { delete", "snapshot: { delete", "paid, for ever"),
        ("vault.bicep", "enableRbacAuthorization: true", "enableRbacAuthorization: false", "enableRbacAuthorization"),
        ("vault.bicep", "enablePurgeProtection: true", "enablePurgeProtection: false", "enablePurgeProtection"),
        ("vault.bicep", "isPrivate ? 'Deny' : 'Allow'", "'Allow'", "defaultAction is 'Allow'"),
        ("monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: false", "DisableLocalAuth is False"),
        ("monitoring.bicep", "disableLocalAuth: true", "disableLocalAuth: false", "disableLocalAuth is False"),
        ("functions.bicep", "httpsOnly: true", "httpsOnly: false", "httpsOnly is False"),
        ("functions.bicep", "http20Enabled: true", "ftpsState: 'Disabled'", "ftpsState is refused"),
        ("functions.bicep", "http20Enabled: true", "linuxFxVersion: 'Python|3.12'", "linuxFxVersion is refused"),
        ("functions.bicep", " minTlsVersion: '1.2'", " minTlsVersion: '1.0'", "minTlsVersion is '1.0'"),
        ("functions.bicep", "version: '3.12'", "version: '3.13'", "runtime"),
        ("functions.bicep", "properties: { allow: false }", "properties: { allow: true }", "allow is True"),
        (
            "functions.bicep",
            "type: 'UserAssignedIdentity'",
            "type: 'SystemAssignedIdentity'",
            "by the identity that is",
        ),
        ("functions.bicep", "KEY_VAULT_URI: vaultUri", "DATA_STORAGE: vaultUri", "would be a connection string"),
        ("functions.bicep", ": vaultUri", ": hostAccount.listKeys().keys[0].value", "'listKeys('"),
        ("functions.bicep", "KEY_VAULT_URI: vaultUri", "KEY_VAULT_URI: 'AccountKey=${vaultUri}'", "'AccountKey'"),
        ("functions.bicep", "KEY_VAULT_URI: vaultUri", "KEY_VAULT_URI: 'abc'", "KEY_VAULT_URI is written down here"),
        ("functions.bicep", "param token string", "@secure()\nparam token string", "says '@secure'"),
        ("monitoring.bicep", "dailyQuotaGb: 1", "dailyQuotaGb: -1", "dailyQuotaGb is"),
        (
            "diagnostics.bicep",
            "'AuditEvent', enabled: true",
            "'AuditEvent', enabled: false",
            "auditId gets [] of vault",
        ),
        ("diagnostics.bicep", "    logAnalyticsDestinationType: 'Dedicated'\n", "", "not in the table"),
        ("diagnostics.bicep", "category: 'StorageDelete'", "category: 'StorageRead'", "of hostBlobs, which nobody"),
        ("diagnostics.bicep", "workspaceId: visitsId", "workspaceId: auditId", "auditId gets"),
        ("site.bicep", "name: 'Standard'", "name: 'Free'", "sku.name is 'Free'"),
        ("site.bicep", "stagingEnvironmentPolicy: 'Disabled'", "stagingEnvironmentPolicy: 'Enabled'", "'Enabled'"),
        ("site.bicep", "    allowConfig", "    provider: 'Custom'\n    allowConfig", "provider is 'Custom'"),
        ("alerts.bicep", "    skipQueryValidation: true\n", "", "skipQueryValidation is None"),
        ("access.bicep", "scope: hostAccount\n", "scope: dataAccount\n", "its name is not made of"),
        ("access.bicep", "roles.metricsPublisher)\n  properties", "roles.secretsOfficer)\n  properties", "its name"),
        ("access.bicep", "'The host writes its log, which takes no keys.'", "'Logs.'", "no reason beside it"),
        ("access.bicep", "scope: vault\n", "", "nobody has agreed to secretsOfficer on nothing"),
        ("access.bicep", "principalType: 'ServicePrincipal'", "principalType: 'User'", "of another type"),
        ("access.bicep", "principalId: principalId", "principalId: deployerId", "on locks for deployerId"),
        (
            "access.bicep",
            "roles.blobDataReader)\n  }",
            "roles.blobDataContributor)\n  }",
            "nobody has agreed to blobDataContributor on packages for principalId",
        ),
        ("functions.bicep", "ResourceId: packagesIdentityId", "ResourceId: identityId", "by the identity that is"),
        ("main.bicep", "'site.bicep'", "'br/public:avm/res/web/static-site:0.9.0'", "cannot be read here"),
        ("backend.bicep", "staticSites/linkedBackends@", "staticSites/basicAuth@", "no policy for"),
    ],
)
def test_what_is_against_a_policy_is_found(faulty: Faulty, file: str, old: str, new: str, found: str) -> None:
    assert any(found in words for words in violations(faulty(f"infra/{file}", old, new) / "infra"))


def test_every_role_is_the_one_that_its_name_says(root: Path) -> None:
    access = File(root / "infra" / "access.bicep")
    assert plain(access.of("var")["roles"].value, {}) == ROLE_IDS


def test_every_role_that_was_agreed_to_is_given_once(root: Path) -> None:
    given = [
        role_given(body)
        for _, one, body in resources(root / "infra")
        if one.type == "Microsoft.Authorization/roleAssignments"
    ]
    assert sorted(given) == sorted((*whose, role) for whose, roles in ROLES.items() for role in roles)


def test_what_is_done_to_the_vault_the_storage_and_the_site_is_written_down(root: Path) -> None:
    found = [
        recorded(body)
        for _, one, body in resources(root / "infra")
        if one.type == "Microsoft.Insights/diagnosticSettings"
    ]
    assert {scope: (log, categories) for scope, log, categories in found} == RECORDED


def test_nobody_deploys_to_the_function_app_with_a_password(root: Path) -> None:
    policies = {
        (body["parent"], body["name"])
        for _, one, body in resources(root / "infra")
        if one.type == "Microsoft.Web/sites/basicPublishingCredentialsPolicies"
    }
    assert policies == {("app", "ftp"), ("app", "scm")}


def test_an_instance_gets_as_many_calls_as_a_process_takes(root: Path) -> None:
    body = next(body for _, one, body in resources(root / "infra") if one.type == "Microsoft.Web/sites")
    scale = body["properties"]["functionAppConfig"]["scaleAndConcurrency"]
    assert scale["triggers"]["http"]["perInstanceConcurrency"] == MOST_UNDER_WAY


def test_all_names_come_from_one_token_and_all_resources_carry_the_tag_of_their_environment(root: Path) -> None:
    for file, one, body in resources(root / "infra"):
        if "tags" in body and one.type != "Microsoft.Resources/resourceGroups":
            assert "${token}" in str(body["name"]) or file.path.name == "endpoints.bicep", f"{file.at(one.node)}"
            assert str(body["tags"]).startswith(("tags", "union(tags, ")), f"{file.at(one.node)}"
        elif "location" in body:
            assert one.type in (
                "Microsoft.Resources/resourceGroups",
                "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            )
