// Two storage accounts: what the Functions host needs for itself, and the service's data. Neither knows keys.
param token string
param location string
param tags object
param siteHost string
param exportDays int
param isPrivate bool

// The package that is deployed, and what the Functions host keeps of its own under names of its own: locks and keys. Each is a
// container of its own here, so that the functions may write what the host needs and nothing else.
var packagesName = 'packages'
var locksName = 'azure-webjobs-hosts'
var keysName = 'azure-webjobs-secrets'
// As functions/storage.py has them. Tables and containers of projects are made by the service.
var queueNames = ['backups', 'restores', 'refreshes', 'preparations', 'exports', 'features', 'trainings', 'imports', 'opinions']
var containerNames = ['exports', 'snapshots', 'workspace', 'backups', 'label-files']

var accountProperties = {
  allowSharedKeyAccess: false
  defaultToOAuthAuthentication: true
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
  publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  networkAcls: { bypass: 'None', defaultAction: isPrivate ? 'Deny' : 'Allow' }
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: 'sthost${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: accountProperties
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: hostAccount
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: hostBlobs
  name: packagesName
}

resource locks 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: hostBlobs
  name: locksName
}

resource keys 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: hostBlobs
  name: keysName
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: 'stdata${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: accountProperties
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: dataAccount
  name: 'default'
  properties: {
    // Browsers put uploads here by links that the service signs; pictures are shown without CORS.
    cors: {
      corsRules: [
        {
          allowedOrigins: ['https://${siteHost}']
          allowedMethods: ['PUT']
          allowedHeaders: ['content-type', 'x-ms-blob-type']
          exposedHeaders: []
          maxAgeInSeconds: 3600
        }
      ]
    }
    // What the functions overwrite or delete, a backup above all, stays for some time: their role takes away no version. (A
    // policy of immutability would break backups that go on after a cut, and the deletion that people ask for.)
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in containerNames: {
    parent: blobs
    name: name
  }
]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: dataAccount
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for name in queueNames: {
    parent: queues
    name: name
  }
]

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: dataAccount
  name: 'default'
}

resource serviceTable 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = {
  parent: tables
  name: 'service'
}

resource auditTable 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = {
  parent: tables
  name: 'audit'
}

// The service itself deletes an export's files after EXPORT_DAYS, says so in its record, and keeps a small index, by which
// the next export tells what has changed. This takes what is left a year later. Blocks that were never committed go by
// themselves after a week: storage does that, and knows no rule for it.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: dataAccount
  name: 'default'
  dependsOn: [blobs]
  properties: {
    policy: {
      rules: [
        {
          name: 'old-exports'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['exports/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: exportDays + 365 } } }
          }
        }
        {
          name: 'old-versions'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } }
          }
        }
        {
          // Files of labels are taken over within a day, and the service deletes them then; nobody needs them back.
          name: 'old-label-files'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['label-files/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
      ]
    }
  }
}

output hostAccountId string = hostAccount.id
output hostAccountName string = hostAccount.name
output dataAccountId string = dataAccount.id
output dataAccountName string = dataAccount.name
output packagesContainer string = packages.name
output locksContainer string = locks.name
output keysContainer string = keys.name
output packagesUrl string = '${hostAccount.properties.primaryEndpoints.blob}${packages.name}'
output blobOrigin string = 'https://${dataAccount.name}.blob.${environment().suffixes.storage}'
