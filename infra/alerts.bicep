// Alerts by e-mail. Each looks into a log every 15 minutes, which costs a little even while nobody labels.
param token string
param location string
param tags object
param email string
param insightsId string
param logId string
param auditId string
param servicePrincipalId string

// Lines of the service are JSON (functions/logs.py); the first is the Functions host's, the last are Azure's own.
var rules = [
  {
    name: 'poison'
    title: 'Messages are given up'
    about: 'A message of a queue failed five times and lies in the poison queue that the log line names.'
    severity: 1
    scope: insightsId
    query: 'traces | where message contains "Message has reached MaxDequeueCount"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'refreshes'
    title: 'Refreshes fail'
    about: 'The folder of a project could not be looked through; the line says which, and why.'
    severity: 2
    scope: insightsId
    query: 'traces | where message contains "A refresh failed"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'rounds'
    title: 'Nothing is done by itself'
    about: 'The timer has not run for 30 minutes: no folder is checked, and nothing that was cut off is finished.'
    severity: 1
    scope: insightsId
    query: 'traces | where tostring(parse_json(message).message) == "timer"'
    window: 'PT30M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'denials'
    title: 'Many calls are denied'
    about: 'More than 100 calls in 15 minutes had no sign-in or token that is good, or asked for more than they may.'
    severity: 2
    scope: insightsId
    query: 'traces | extend line = parse_json(message) | where line.message == "request" and toint(line.status) in (401, 403)'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 100
  }
  {
    name: 'administrators'
    title: 'There is a new administrator'
    about: 'Somebody has become an administrator of the service by signing in under a name of ADMINISTRATORS.'
    severity: 2
    scope: insightsId
    query: 'traces | where message contains "An administrator of the service is bound"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'secrets'
    title: 'Somebody else reads secrets'
    about: 'Somebody or something other than the service has asked Key Vault for credentials of datastores.'
    severity: 1
    scope: auditId
    query: 'AZKVAuditLogs | where OperationName startswith "Secret" and HttpStatusCode != 401 | where tostring(Identity) !contains "${servicePrincipalId}"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'cap'
    title: 'The log is full for today'
    about: 'The log has reached its daily cap: until it starts again nothing is written, and no other alert can be given.'
    severity: 1
    scope: logId
    query: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'labeling'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in rules: {
    name: '${one.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: one.title
      description: one.about
      severity: one.severity
      enabled: true
      scopes: [one.scope]
      evaluationFrequency: 'PT15M'
      windowSize: one.window
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: one.query
            timeAggregation: 'Count'
            operator: one.operator
            threshold: one.threshold
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]
