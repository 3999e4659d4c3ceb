// The static site. Its sign-in (registration, secret) is set by infra/hooks/sign_in.py, its routes by staticwebapp.config.json.
param token string
param location string
param tags object

resource site 'Microsoft.Web/staticSites@2024-11-01' = {
  name: 'stapp-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'site' })
  // Standard: linked backends and a sign-in of one tenant need it.
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    allowConfigFileUpdates: true
    // Preview environments have no backend, and would be one more door.
    stagingEnvironmentPolicy: 'Disabled'
  }
}

output id string = site.id
output name string = site.name
output host string = site.properties.defaultHostname
