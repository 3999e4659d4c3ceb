"""What a security review asks of the templates: for each type of resource what it must say, and what no file may say.

A type that is not named here is refused, so that whoever adds a resource thinks of what it must say.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.infra.bicep import Declaration, Expression, File, files, text, walk

Body = dict[str, Any]
Policy = Callable[[Body], Iterator[str]]

TLS = ("TLS1_2", "TLS1_3")
CLOSED_WHEN_PRIVATE = Expression("isPrivate ? 'Disabled' : 'Enabled'")
DENIED_WHEN_PRIVATE = Expression("isPrivate ? 'Deny' : 'Allow'")
# What would hand out a key, or be one.
FORBIDDEN = re.compile(
    r"\blist[A-Z]\w*\s*\(|AccountKey|SharedAccess|DefaultEndpointsProtocol|InstrumentationKey|accessPolicies"
    r"|connectionStrings|\bsig=|password|@secure|publishingCredentials\b",
    re.IGNORECASE,
)
ALLOWED_WORDS = re.compile(r"^\s*//.*|APPLICATIONINSIGHTS_CONNECTION_STRING|ftpPasswords|scmPasswords", re.MULTILINE)
# Who may do what where: the functions nothing but what they need, and least of all change what they are deployed from.
FUNCTIONS, PACKAGES, DEPLOYER = "principalId", "packagesPrincipalId", "deployerId"
ROLES = {
    ("packages", FUNCTIONS): {"blobDataReader"},
    ("packages", PACKAGES): {"blobDataContributor"},
    ("packages", DEPLOYER): {"blobDataReader"},
    ("locks", FUNCTIONS): {"blobDataContributor"},
    ("keys", FUNCTIONS): {"blobDataContributor"},
    ("hostAccount", FUNCTIONS): {"tableDataContributor"},
    ("dataAccount", FUNCTIONS): {
        "blobDataContributor",
        "blobDelegator",
        "queueDataContributor",
        "tableDataContributor",
    },
    ("vault", FUNCTIONS): {"secretsOfficer"},
    ("insights", FUNCTIONS): {"metricsPublisher"},
}
# Of siteConfig, as Azure's own Terraform module (avm-res-web-site) leaves them out; older regions ignore them.
REFUSED_BY_FLEX = {"alwaysOn", "ftpsState", "functionAppScaleLimit", "functionsRuntimeScaleMonitoringEnabled"}
REFUSED_BY_FLEX |= {"javaContainer", "javaContainerVersion", "javaVersion", "linuxFxVersion", "netFrameworkVersion"}
REFUSED_BY_FLEX |= {"nodeVersion", "phpVersion", "powerShellVersion", "preWarmedInstanceCount", "pythonVersion"}
REFUSED_BY_FLEX |= {"use32BitWorkerProcess", "windowsFxVersion"}
# What Azure writes down about each part, and into which log. Reading and writing of data is left out on purpose.
RECORDED = {
    "vault": ("auditId", {"AuditEvent"}),
    "hostBlobs": ("auditId", {"StorageWrite", "StorageDelete"}),
    "dataBlobs": ("auditId", {"StorageDelete"}),
    "dataTables": ("auditId", {"StorageDelete"}),
    "site": ("visitsId", {"StaticSiteHttpLogs", "StaticSiteDiagnosticLogs"}),
}
# As https://learn.microsoft.com/azure/role-based-access-control/built-in-roles has them.
ROLE_IDS = {
    "blobDataReader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "blobDataContributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "blobDelegator": "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
    "queueDataContributor": "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "tableDataContributor": "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    "secretsOfficer": "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    "metricsPublisher": "3913510d-42f4-4e42-8a64-420c390055eb",
}


def violations(folder: Path) -> list[str]:
    """What is against a policy in the templates of a folder."""
    found = []
    for file in files(folder):
        found += [f"{file.path.name}: {words}" for words in _of_file(file)]
        for one in file.of("resource").values():
            if one.is_existing:
                continue
            if one.type not in POLICIES:
                found.append(f"{file.at(one.node)} no policy for {one.type}")
                continue
            found += [f"{file.at(one.node)} {one.name}: {words}" for words in POLICIES[one.type](file.body(one))]
    return found


def _of_file(file: File) -> Iterator[str]:
    source = ALLOWED_WORDS.sub("", text(file.root))
    for match in FORBIDDEN.finditer(source):
        yield f"says {match[0]!r}"
    for one in file.of("module").values():
        if not re.fullmatch(r"[a-z]+\.bicep", one.spec):
            yield f"takes {one.spec!r}, which cannot be read here"
    for node in walk(file.root):
        if node.type == "string" and "http://" in text(node):
            yield f"has an address without TLS: {text(node)}"


def must(**wanted: Any) -> Policy:
    """Values that a body must have, by their paths with __ for a dot; a tuple names those that are fine."""

    def check(body: Body) -> Iterator[str]:
        for path, value in wanted.items():
            found: Any = body
            for part in path.split("__"):
                found = found.get(part) if isinstance(found, dict) else None
            fine = value if isinstance(value, tuple) else (value,)
            if not any(found == each and type(found) is type(each) for each in fine):
                yield f"{path.replace('__', '.')} is {found!r}, not {' or '.join(repr(each) for each in fine)}"

    return check


def both(*policies: Policy) -> Policy:
    def check(body: Body) -> Iterator[str]:
        for policy in policies:
            yield from policy(body)

    return check


def nothing(body: Body) -> Iterator[str]:
    """A resource that can do no harm by what it says."""
    yield from ()


def _cors(body: Body) -> Iterator[str]:
    rules = body.get("properties", {}).get("cors", {}).get("corsRules", [])
    for rule in rules:
        if rule["allowedOrigins"] != ["'https://${siteHost}'"]:
            yield f"CORS lets in {rule['allowedOrigins']}, not the site alone"
        if rule["allowedMethods"] != ["PUT"]:
            yield f"CORS allows {rule['allowedMethods']}, not PUT alone"
        if "*" in rule["allowedHeaders"] or rule["exposedHeaders"]:
            yield "CORS takes or shows more headers than uploads need"


def _versions(body: Body) -> Iterator[str]:
    """Of the account that holds the data; what lies in the host's is made anew by a deployment."""
    if body["parent"] == "dataAccount" and body["properties"].get("isVersioningEnabled") is not True:
        yield "what is overwritten or deleted, a backup too, leaves no version"


def _old_versions(body: Body) -> Iterator[str]:
    rules = [rule for rule in body["properties"]["policy"]["rules"] if rule["enabled"] is True]
    actions = [rule["definition"]["actions"] for rule in rules if "prefixMatch" not in rule["definition"]["filters"]]
    if not any("delete" in one.get("version", {}) for one in actions):
        yield "versions are kept, and paid, for ever"


def _no_cors(body: Body) -> Iterator[str]:
    if "cors" in body.get("properties", {}):
        yield "only the blob service has anything to say to browsers"


def role_given(body: Body) -> tuple[str, str, str]:
    """Of an assignment: where, to whom, and which role."""
    properties = body["properties"]
    role = str(properties["roleDefinitionId"]).rpartition("roles.")[2].rstrip(")")
    return body.get("scope", "nothing"), str(properties.get("principalId")), role


def _role(body: Body) -> Iterator[str]:
    scope, who, role = given = role_given(body)
    properties = body["properties"]
    if role not in ROLES.get((scope, who), set()):
        yield f"nobody has agreed to {role} on {scope} for {who}"
    if body["name"] != "guid({}.id, {}, roles.{})".format(*given):
        yield "its name is not made of the scope, the principal and the role"
    # Whoever deploys is a person or a service principal.
    if properties.get("principalType") != (None if who == DEPLOYER else "ServicePrincipal"):
        yield "it is for somebody of another type"
    if len(properties.get("description", "")) < 20:
        yield "it has no reason beside it"


def recorded(body: Body) -> tuple[str, str, set[str]]:
    """Of a diagnostic setting: what it is about, the log, and what is written there."""
    properties = body["properties"]
    logs = {one["category"] for one in properties.get("logs", []) if one["enabled"] is True}
    return body.get("scope", "nothing"), str(properties.get("workspaceId")), logs


def _diagnostics(body: Body) -> Iterator[str]:
    scope, log, categories = recorded(body)
    if RECORDED.get(scope) != (log, categories):
        yield f"{log} gets {sorted(categories)} of {scope}, which nobody has agreed to"
    if scope == "vault" and body["properties"].get("logAnalyticsDestinationType") != "Dedicated":
        yield "what is done to the vault is not in the table that the alert reads"


def _package(body: Body) -> Iterator[str]:
    storage = body["properties"]["functionAppConfig"]["deployment"]["storage"]
    wanted = {"type": "UserAssignedIdentity", "userAssignedIdentityResourceId": "packagesIdentityId"}
    if storage["authentication"] != wanted:
        yield "its package is not read and written by the identity that is there for it"


def _settings(body: Body) -> Iterator[str]:
    settings = body["properties"]
    for name, value in settings.items():
        if name.endswith("__credential") and value != "managedidentity":
            yield f"{name} is {value!r}, not managedidentity"
        if isinstance(value, str) and not isinstance(value, Expression) and value != "managedidentity":
            yield f"{name} is written down here: {value!r}"
    for name in ("AzureWebJobsStorage", "DATA_STORAGE"):
        if name in settings:
            yield f"{name} would be a connection string"


def _refused_by_flex(body: Body) -> Iterator[str]:
    for name in sorted(REFUSED_BY_FLEX & set(body["properties"]["siteConfig"])):
        yield f"{name} is refused for Flex Consumption apps in newer regions (51021)"


_ACCOUNT = must(
    properties__allowSharedKeyAccess=False,
    properties__allowBlobPublicAccess=False,
    properties__allowCrossTenantReplication=False,
    properties__defaultToOAuthAuthentication=True,
    properties__minimumTlsVersion=TLS,
    properties__supportsHttpsTrafficOnly=True,
    properties__publicNetworkAccess=CLOSED_WHEN_PRIVATE,
    properties__networkAcls__bypass="None",
    properties__networkAcls__defaultAction=DENIED_WHEN_PRIVATE,
)

POLICIES: dict[str, Policy] = {
    "Microsoft.Authorization/roleAssignments": _role,
    "Microsoft.Consumption/budgets": nothing,
    "Microsoft.Insights/actionGroups": nothing,
    "Microsoft.Insights/components": must(properties__DisableLocalAuth=True, properties__IngestionMode="LogAnalytics"),
    "Microsoft.Insights/diagnosticSettings": _diagnostics,
    # Until the first line is logged, the table that a query names is not there.
    "Microsoft.Insights/scheduledQueryRules": must(properties__enabled=True, properties__skipQueryValidation=True),
    "Microsoft.KeyVault/vaults": must(
        properties__enableRbacAuthorization=True,
        properties__enableSoftDelete=True,
        properties__enablePurgeProtection=True,
        properties__publicNetworkAccess=CLOSED_WHEN_PRIVATE,
        properties__networkAcls__bypass="None",
        properties__networkAcls__defaultAction=DENIED_WHEN_PRIVATE,
    ),
    "Microsoft.ManagedIdentity/userAssignedIdentities": nothing,
    "Microsoft.Network/privateDnsZones": nothing,
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": must(properties__registrationEnabled=False),
    "Microsoft.Network/privateEndpoints": nothing,
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": nothing,
    "Microsoft.Network/virtualNetworks": nothing,
    "Microsoft.OperationalInsights/workspaces": must(
        properties__features__disableLocalAuth=True, properties__workspaceCapping__dailyQuotaGb=1
    ),
    "Microsoft.Resources/resourceGroups": nothing,
    "Microsoft.Storage/storageAccounts": _ACCOUNT,
    "Microsoft.Storage/storageAccounts/blobServices": both(_cors, _versions),
    "Microsoft.Storage/storageAccounts/blobServices/containers": must(properties__publicAccess=(None, "None")),
    "Microsoft.Storage/storageAccounts/managementPolicies": _old_versions,
    "Microsoft.Storage/storageAccounts/queueServices": _no_cors,
    "Microsoft.Storage/storageAccounts/queueServices/queues": nothing,
    "Microsoft.Storage/storageAccounts/tableServices": _no_cors,
    "Microsoft.Storage/storageAccounts/tableServices/tables": must(properties__signedIdentifiers=None),
    "Microsoft.Web/serverfarms": must(sku__name="FC1", sku__tier="FlexConsumption"),
    "Microsoft.Web/sites": both(
        must(
            identity__type="UserAssigned",
            properties__httpsOnly=True,
            properties__siteConfig__minTlsVersion=("1.2", "1.3"),
            properties__siteConfig__scmMinTlsVersion=("1.2", "1.3"),
            properties__siteConfig__remoteDebuggingEnabled=False,
            properties__siteConfig__cors=None,
            properties__functionAppConfig__runtime={"name": "python", "version": "3.12"},
        ),
        _package,
        _refused_by_flex,
    ),
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies": must(properties__allow=False),
    "Microsoft.Web/sites/config": both(must(name="appsettings"), _settings),
    "Microsoft.Web/staticSites": must(
        sku__name="Standard",
        properties__stagingEnvironmentPolicy="Disabled",
        # The first deployment of pages sets it, and provisioning again may not change it.
        properties__provider=None,
    ),
    "Microsoft.Web/staticSites/linkedBackends": nothing,
}


def resources(folder: Path) -> list[tuple[File, Declaration, Body]]:
    """All resources that the templates of a folder make."""
    return [
        (file, one, file.body(one))
        for file in files(folder)
        for one in file.of("resource").values()
        if not one.is_existing
    ]
