// Who acts, each for one thing, so that what opens one thing opens no other. They are the user's, not the app's own, so that
// their roles are there before the app is. (The app has all three: code of a stranger that ran in it could act as each.)
param token string
param location string
param tags object

// The functions, in the service's own storage and vault.
resource service 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

// The functions, in the containers of others that IDENTITY_CONTAINERS names.
resource containers 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-containers-${token}'
  location: location
  tags: tags
}

// The platform, which builds the package that is deployed, keeps it, and starts the functions from it.
resource packages 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-packages-${token}'
  location: location
  tags: tags
}

output serviceId string = service.id
output serviceClientId string = service.properties.clientId
output servicePrincipalId string = service.properties.principalId
output containersId string = containers.id
output containersClientId string = containers.properties.clientId
output containersPrincipalId string = containers.properties.principalId
output packagesId string = packages.id
output packagesPrincipalId string = packages.properties.principalId
