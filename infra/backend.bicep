// Links the functions as the site's backend: /api/* of the site goes there. By this the platform also turns on the function
// app's authentication (nothing else here sets it), which takes calls from this site only.
param siteName string
param functionAppId string
param location string

resource site 'Microsoft.Web/staticSites@2024-11-01' existing = {
  name: siteName
}

resource backend 'Microsoft.Web/staticSites/linkedBackends@2024-11-01' = {
  parent: site
  name: 'functions'
  properties: { backendResourceId: functionAppId, region: location }
}
