// Private endpoints for storage and Key Vault, with the names by which they are found inside the network.
param location string
param tags object
param networkId string
param subnetId string
param hostAccountId string
param dataAccountId string
param vaultId string

var suffix = environment().suffixes.storage
var vaultZone = 'privatelink.vaultcore.azure.net'

var wanted = [
  { name: 'host-blob', target: hostAccountId, service: 'blob', zone: 'privatelink.blob.${suffix}' }
  { name: 'host-table', target: hostAccountId, service: 'table', zone: 'privatelink.table.${suffix}' }
  { name: 'data-blob', target: dataAccountId, service: 'blob', zone: 'privatelink.blob.${suffix}' }
  { name: 'data-queue', target: dataAccountId, service: 'queue', zone: 'privatelink.queue.${suffix}' }
  { name: 'data-table', target: dataAccountId, service: 'table', zone: 'privatelink.table.${suffix}' }
  { name: 'vault', target: vaultId, service: 'vault', zone: vaultZone }
]

var zoneNames = [
  'privatelink.blob.${suffix}'
  'privatelink.queue.${suffix}'
  'privatelink.table.${suffix}'
  vaultZone
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for name in zoneNames: {
    name: name
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, index) in zoneNames: {
    parent: zones[index]
    name: 'network'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for one in wanted: {
    name: 'pe-${one.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        { name: one.name, properties: { privateLinkServiceId: one.target, groupIds: [one.service] } }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (one, index) in wanted: {
    parent: endpoints[index]
    name: 'default'
    dependsOn: [zones]
    properties: {
      privateDnsZoneConfigs: [
        { name: one.service, properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', one.zone) } }
      ]
    }
  }
]
