// What Azure itself writes down about the vault, the storage accounts and the site.
param auditId string
param visitsId string
param hostAccountName string
param dataAccountName string
param vaultName string
param siteName string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostAccountName
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' existing = {
  parent: hostAccount
  name: 'default'
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: dataAccountName
}

resource dataBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' existing = {
  parent: dataAccount
  name: 'default'
}

resource dataTables 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' existing = {
  parent: dataAccount
  name: 'default'
}

resource site 'Microsoft.Web/staticSites@2024-11-01' existing = {
  name: siteName
}

resource ofVault 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: auditId
    // In a table of its own, which the alert reads.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

// Who changes the package that is deployed, or the host's keys.
resource ofHostBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: hostBlobs
  name: 'audit'
  properties: {
    workspaceId: auditId
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
  }
}

// Of the data what is deleted. What is read and written is some millions of lines for a project of a million images; turned
// on, they would fill the day's log while images are prepared, and the rest of it would be lost.
resource ofDataBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: dataBlobs
  name: 'audit'
  properties: {
    workspaceId: auditId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

resource ofDataTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: dataTables
  name: 'audit'
  properties: {
    workspaceId: auditId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

resource ofSite 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'visits'
  properties: {
    workspaceId: visitsId
    logs: [{ category: 'StaticSiteHttpLogs', enabled: true }, { category: 'StaticSiteDiagnosticLogs', enabled: true }]
  }
}
