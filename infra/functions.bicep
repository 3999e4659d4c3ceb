// The function app, on Flex Consumption: nothing runs, and nothing is paid, while nobody calls.
param token string
param location string
param tags object
param identityId string
param identityClientId string
param containersIdentityId string
param containersClientId string
param packagesIdentityId string
param hostAccountName string
param dataAccountName string
param packagesContainer string
param vaultUri string
param insightsName string
param subnetId string
param siteHost string
param administrators string
param identityContainers string
param refreshMinutes int
param exportDays int
param auditDays int
param tokenMakerDays int
param maximumInstances int

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostAccountName
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: dataAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {}, '${containersIdentityId}': {}, '${packagesIdentityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: subnetId == '' ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      remoteDebuggingEnabled: false
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostAccount.properties.primaryEndpoints.blob}${packagesContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: packagesIdentityId }
        }
      }
      runtime: { name: 'python', version: '3.12' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        // As many calls as functions/http/overload.py takes at a time.
        triggers: { http: { perInstanceConcurrency: 200 } }
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    // The host's own storage.
    AzureWebJobsStorage__blobServiceUri: hostAccount.properties.primaryEndpoints.blob
    AzureWebJobsStorage__tableServiceUri: hostAccount.properties.primaryEndpoints.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    // The service's, which the queue triggers name and the code reads.
    DATA_STORAGE__blobServiceUri: dataAccount.properties.primaryEndpoints.blob
    DATA_STORAGE__queueServiceUri: dataAccount.properties.primaryEndpoints.queue
    DATA_STORAGE__tableServiceUri: dataAccount.properties.primaryEndpoints.table
    DATA_STORAGE__credential: 'managedidentity'
    DATA_STORAGE__clientId: identityClientId
    AZURE_CLIENT_ID: identityClientId
    KEY_VAULT_URI: vaultUri
    ADMINISTRATORS: administrators
    IDENTITY_CONTAINERS: identityContainers
    IDENTITY_CONTAINERS_CLIENT_ID: containersClientId
    // Whose pages may change something.
    SITE_HOSTS: siteHost
    REFRESH_MINUTES: string(refreshMinutes)
    EXPORT_DAYS: string(exportDays)
    AUDIT_DAYS: string(auditDays)
    TOKEN_MAKER_DAYS: string(tokenMakerDays)
    // In bytes: the host reads a body before anybody is asked who is calling.
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: string(26214400)
    // An address, and no key: writing takes the identity.
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  }
}

// No deployment by user name and password.
resource ftpPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource scmPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output id string = app.id
output host string = app.properties.defaultHostName
