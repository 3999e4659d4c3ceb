// Logs, each apart from the others, so that nobody fills one with what fills another: of the service, of what is done to its
// vault and storage, and of visits to the site, which anybody may make.
param token string
param location string
param tags object

var names = ['log', 'audit', 'visits']

resource workspaces 'Microsoft.OperationalInsights/workspaces@2025-02-01' = [
  for name in names: {
    name: '${name}-${token}'
    location: location
    tags: tags
    properties: {
      sku: { name: 'PerGB2018' }
      retentionInDays: 30
      features: { disableLocalAuth: true }
      // Whatever goes wrong in a loop costs no more than this a day.
      workspaceCapping: { dailyQuotaGb: 1 }
    }
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaces[0].id
    IngestionMode: 'LogAnalytics'
    // Only who holds Monitoring Metrics Publisher may write: the connection string alone opens nothing.
    DisableLocalAuth: true
  }
}

output insightsId string = insights.id
output insightsName string = insights.name
output logId string = workspaces[0].id
output auditId string = workspaces[1].id
output visitsId string = workspaces[2].id
