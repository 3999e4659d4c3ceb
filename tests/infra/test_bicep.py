"""The Bicep files hold together, and each check finds what it is there for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.infra.bicep import files
from tests.infra.schema import TYPES, findings


def all_findings(folder: Path) -> list[str]:
    return [words for file in files(folder / "infra") for words in findings(file)]


def test_the_templates_hold_together(root: Path) -> None:
    assert all_findings(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("vault.bicep", "properties: {", "properties: ", "syntax"),
        ("vault.bicep", "name: 'kv-${token}'", "name: 'kv-${tokn}'", "unknown name 'tokn'"),
        ("main.bicep", "toLower(", "toLowr(", "unknown function 'toLowr'"),
        ("main.bicep", "budgetStart string = ''", "budgetStart string = utcNow('yyyy-MM-01')", "function 'utcNow'"),
        ("main.bicep", "@minLength(1)", "@minLenght(1)", "unknown function 'minLenght'"),
        ("main.bicep", "var hasAlerts", "var token = ''\nvar hasAlerts", "'token' is declared twice"),
        ("site.bicep", "param location string", "param location string\nparam more string", "param 'more' is not used"),
        ("endpoints.bicep", "privateLinkServiceId: one.target", "privateLinkServiceId: other.target", "'other'"),
        (
            "vault.bicep",
            "enablePurgeProtection: true",
            "enablePurgeProtecton: true",
            "no property 'enablePurgeProtecton'",
        ),
        ("vault.bicep", "vaults@2024-11-01", "vaults@2024-11-02", "not 2024-11-02"),
        (
            "vault.bicep",
            "Microsoft.KeyVault/vaults@",
            "Microsoft.KeyVault/vualts@",
            "no table for Microsoft.KeyVault/vualts",
        ),
        ("vault.bicep", "enableSoftDelete: true", "enableSoftDelete: 'true'", "'enableSoftDelete' must be bool"),
        ("vault.bicep", "softDeleteRetentionInDays: 7", "softDeleteRetentionInDays: true", "must be int"),
        ("vault.bicep", "name: 'standard'", "name: 'standrad'", "not 'standrad'"),
        ("vault.bicep", "    tenantId: tenant().tenantId\n", "", "VaultProperties needs 'tenantId'"),
        ("vault.bicep", "? 'Deny' : 'Allow'", "? 'Deny' : 'Alow'", "not 'Alow'"),
        ("storage.bicep", "  allowSharedKeyAccess: false", "  allowSharedKeys: false", "no property 'allowSharedKeys'"),
        ("storage.bicep", "['PUT']", "['PUTT']", "not 'PUTT'"),
        ("storage.bicep", "kind: 'StorageV2'", "kind: 'StorageV2'\n  primaryEndpoints: {}", "'primaryEndpoints'"),
        ("storage.bicep", "parent: tables\n", "parent: queues\n", "the parent of Microsoft.Storage"),
        ("storage.bicep", "  parent: hostBlobs\n", "", "has no parent"),
        ("functions.bicep", "name: 'ftp'", "name: 'ssh'", "known for ftp, scm, not 'ssh'"),
        ("functions.bicep", "perInstanceConcurrency: 200", "perInstanceConcurrency: '200'", "must be int"),
        ("main.bicep", "module site 'site.bicep'", "module site 'sight.bicep'", "no file sight.bicep"),
        ("main.bicep", "siteHost: site.outputs.host", "sightHost: site.outputs.host", "no parameter 'sightHost'"),
        ("main.bicep", "    siteHost: site.outputs.host\n", "", "needs the parameter 'siteHost'"),
        ("main.bicep", "storage.outputs.blobOrigin", "storage.outputs.origin", "no output 'origin'"),
        ("main.bicep", "network!.outputs.id", "network!.outputs.name", "no output 'name'"),
        (
            "main.bicep",
            "  scope: group\n  name: 'site'",
            "  scop: group\n  name: 'site'",
            "a module has no property 'scop'",
        ),
    ],
)
def test_a_fault_in_a_template_is_found(
    faulty: Callable[[str, str, str], Path], file: str, old: str, new: str, found: str
) -> None:
    assert any(found in words for words in all_findings(faulty(f"infra/{file}", old, new)))


def test_no_table_lies_there_unused(root: Path) -> None:
    used = {one.type for file in files(root / "infra") for one in file.of("resource").values()}
    assert {path.stem for path in TYPES.glob("*.json")} == {name.replace("/", "_") for name in used}


def test_every_template_is_part_of_the_deployment(root: Path) -> None:
    templates = {file.path.name: file for file in files(root / "infra")}
    assert {one.spec for one in templates["main.bicep"].of("module").values()} == set(templates) - {"main.bicep"}
