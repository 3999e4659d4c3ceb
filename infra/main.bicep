// Everything that `azd up` makes: one resource group with the whole service in it. docs/deployment.md says why each is there.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('The name of the azd environment. Names of resources follow from it.')
param environmentName string

// Where Flex Consumption is offered, as Azure's own template has it (Azure-Samples/functions-quickstart-python-http-azd,
// November 2025, without the early access region). `az functionapp list-flexconsumption-locations` tells what has been added.
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@description('Where the functions run and the data lie. Flex Consumption must be offered there.')
param location string

@description('Where the static site is managed from; its pages are served from everywhere.')
@allowed(['westus2', 'centralus', 'eastus2', 'westeurope', 'eastasia'])
param siteLocation string = 'westeurope'

@description('Sign-in names of the administrators of the service, comma separated. Empty: hooks/preprovision.py names who deploys.')
param administrators string = ''

@description('The object id of whoever deploys, which hooks/preprovision.py finds out.')
param deployerId string = ''

@description('Addresses of blob containers that the service may read with an identity, comma separated.')
param identityContainers string = ''

@minValue(1)
@description('How many minutes lie between two incremental refreshes of a project.')
param refreshMinutes int = 10

@minValue(1)
@description('How many days the files of an export are kept.')
param exportDays int = 30

@minValue(1)
@description('How many days the entries of the audit log are kept.')
param auditDays int = 400

@minValue(1)
@description('How many days access tokens work after their maker signed in last.')
param tokenMakerDays int = 30

@minValue(40)
@maxValue(1000)
@description('How many instances there may be at once of each group of functions: all that answer calls are one, each queue and each timer is one. Most regions refuse less than 40.')
param maximumInstances int = 40

@description('Who is written to when something fails, or seems to be an attack. Empty: no alerts, which cost a little each month.')
param alertEmail string = ''

@minValue(0)
@description('A monthly budget in the currency of the subscription, of which alertEmail is told at 80 % and 100 %. 0: none.')
param monthlyBudget int = 0

@description('The first day of the month in which the budget began, which no later deployment may change: hooks/preprovision.py keeps it.')
param budgetStart string = ''

@description('Closes storage and Key Vault to the internet. Pictures then load only in browsers inside the network.')
param privateNetwork bool = false

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var hasAlerts = alertEmail != ''

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: { token: token, location: location, tags: tags }
}

// Before storage, whose CORS rule names its host. What the site must know of storage it is told when it is deployed
// (hooks/site_config.py), so neither waits for the other.
module site 'site.bicep' = {
  scope: group
  name: 'site'
  params: { token: token, location: siteLocation, tags: tags }
}

module network 'network.bicep' = if (privateNetwork) {
  scope: group
  name: 'network'
  params: { token: token, location: location, tags: tags }
}

module storage 'storage.bicep' = {
  scope: group
  name: 'storage'
  params: {
    token: token
    location: location
    tags: tags
    siteHost: site.outputs.host
    exportDays: exportDays
    isPrivate: privateNetwork
  }
}

module vault 'vault.bicep' = {
  scope: group
  name: 'vault'
  params: { token: token, location: location, tags: tags, isPrivate: privateNetwork }
}

module endpoints 'endpoints.bicep' = if (privateNetwork) {
  scope: group
  name: 'endpoints'
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    hostAccountId: storage.outputs.hostAccountId
    dataAccountId: storage.outputs.dataAccountId
    vaultId: vault.outputs.id
  }
}

module identity 'identity.bicep' = {
  scope: group
  name: 'identity'
  params: { token: token, location: location, tags: tags }
}

module access 'access.bicep' = {
  scope: group
  name: 'access'
  params: {
    principalId: identity.outputs.servicePrincipalId
    packagesPrincipalId: identity.outputs.packagesPrincipalId
    deployerId: deployerId
    packagesContainer: storage.outputs.packagesContainer
    locksContainer: storage.outputs.locksContainer
    keysContainer: storage.outputs.keysContainer
    hostAccountName: storage.outputs.hostAccountName
    dataAccountName: storage.outputs.dataAccountName
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module diagnostics 'diagnostics.bicep' = {
  scope: group
  name: 'diagnostics'
  params: {
    auditId: monitoring.outputs.auditId
    visitsId: monitoring.outputs.visitsId
    hostAccountName: storage.outputs.hostAccountName
    dataAccountName: storage.outputs.dataAccountName
    vaultName: vault.outputs.name
    siteName: site.outputs.name
  }
}

module functions 'functions.bicep' = {
  scope: group
  name: 'functions'
  // The app starts as soon as it is there, and must then be allowed to.
  dependsOn: [access, endpoints]
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.serviceId
    identityClientId: identity.outputs.serviceClientId
    containersIdentityId: identity.outputs.containersId
    containersClientId: identity.outputs.containersClientId
    packagesIdentityId: identity.outputs.packagesId
    hostAccountName: storage.outputs.hostAccountName
    dataAccountName: storage.outputs.dataAccountName
    packagesContainer: storage.outputs.packagesContainer
    vaultUri: vault.outputs.uri
    insightsName: monitoring.outputs.insightsName
    subnetId: privateNetwork ? network!.outputs.functionsSubnetId : ''
    siteHost: site.outputs.host
    administrators: administrators
    identityContainers: identityContainers
    refreshMinutes: refreshMinutes
    exportDays: exportDays
    auditDays: auditDays
    tokenMakerDays: tokenMakerDays
    maximumInstances: maximumInstances
  }
}

module backend 'backend.bicep' = {
  scope: group
  name: 'backend'
  params: { siteName: site.outputs.name, functionAppId: functions.outputs.id, location: location }
}

module alerts 'alerts.bicep' = if (hasAlerts) {
  scope: group
  name: 'alerts'
  params: {
    token: token
    location: location
    tags: tags
    email: alertEmail
    insightsId: monitoring.outputs.insightsId
    logId: monitoring.outputs.logId
    auditId: monitoring.outputs.auditId
    servicePrincipalId: identity.outputs.servicePrincipalId
  }
}

module budget 'budget.bicep' = if (monthlyBudget > 0 && hasAlerts) {
  scope: group
  name: 'budget'
  params: { token: token, amount: monthlyBudget, start: budgetStart, email: alertEmail }
}

// azd keeps these in its environment; the hooks read them there.
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SITE_ID string = site.outputs.id
output SITE_HOST string = site.outputs.host
output FUNCTION_APP_HOST string = functions.outputs.host
output BLOB_ORIGIN string = storage.outputs.blobOrigin
output PACKAGES_URL string = storage.outputs.packagesUrl
// Who is given a role at the containers that IDENTITY_CONTAINERS names.
output IDENTITY_PRINCIPAL_ID string = identity.outputs.containersPrincipalId
