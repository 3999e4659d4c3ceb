// What the identities of the functions and of their package may do, each with its reason, and what whoever deploys may see.
// There is no other way in: no account has keys.
param principalId string
param packagesPrincipalId string
param deployerId string
param packagesContainer string
param locksContainer string
param keysContainer string
param hostAccountName string
param dataAccountName string
param vaultName string
param insightsName string

var roles = {
  blobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostAccountName
}

resource hostBlobService 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' existing = {
  parent: hostAccount
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = {
  parent: hostBlobService
  name: packagesContainer
}

resource locks 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = {
  parent: hostBlobService
  name: locksContainer
}

resource keys 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = {
  parent: hostBlobService
  name: keysContainer
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: dataAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource hostLocks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: locks
  name: guid(locks.id, principalId, roles.blobDataContributor)
  properties: {
    description: 'The host keeps the locks and the last runs of timers there.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource hostKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: keys
  name: guid(keys.id, principalId, roles.blobDataContributor)
  properties: {
    description: 'The host keeps its own keys there.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource hostPackages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: packages
  name: guid(packages.id, principalId, roles.blobDataReader)
  properties: {
    description: 'The host may read the package that it runs. Nothing that the functions do changes it.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataReader)
  }
}

resource builtPackages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: packages
  name: guid(packages.id, packagesPrincipalId, roles.blobDataContributor)
  properties: {
    description: 'The platform puts the package there that it has built at a deployment.'
    principalId: packagesPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource hostTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostAccount
  name: guid(hostAccount.id, principalId, roles.tableDataContributor)
  properties: {
    description: 'The host writes its diagnostic events into a table.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}

resource deployerPackages 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (deployerId != '') {
  scope: packages
  name: guid(packages.id, deployerId, roles.blobDataReader)
  properties: {
    description: 'Whoever deploys sees by it when storage knows the roles that were given together (hooks/access.py).'
    // A person or a service principal: Azure looks up which.
    principalId: deployerId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataReader)
  }
}

resource dataBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: dataAccount
  name: guid(dataAccount.id, principalId, roles.blobDataContributor)
  properties: {
    description: 'The service writes previews, exports and snapshots, and makes and drops a container for each project.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource dataLinks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: dataAccount
  name: guid(dataAccount.id, principalId, roles.blobDelegator)
  properties: {
    description: 'The service signs short-lived links to single blobs with a user delegation key.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDelegator)
  }
}

resource dataQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: dataAccount
  name: guid(dataAccount.id, principalId, roles.queueDataContributor)
  properties: {
    description: 'The service sends and takes messages; the host puts what is given up into poison queues, which it makes.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueDataContributor)
  }
}

resource dataTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: dataAccount
  name: guid(dataAccount.id, principalId, roles.tableDataContributor)
  properties: {
    description: 'All state is in tables; the service makes and drops one for each project.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}

resource vaultSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, roles.secretsOfficer)
  properties: {
    description: 'The service keeps the credentials that administrators enter for datastores, and deletes them with these.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsOfficer)
  }
}

resource insightsMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, principalId, roles.metricsPublisher)
  properties: {
    description: 'The host writes its log, which takes no keys.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}
