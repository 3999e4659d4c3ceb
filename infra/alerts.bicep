// Three alerts by e-mail. Each looks into the log every 15 minutes, which costs a little even while nobody labels.
param token string
param location string
param tags object
param email string
param insightsId string

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

resource poison 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'poison-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Messages are given up'
    description: 'A message of a queue failed five times and lies in the poison queue that the log line names.'
    severity: 1
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          // The line is the host's.
          query: 'traces | where message contains "Message has reached MaxDequeueCount"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}

resource refreshes 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'refreshes-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Refreshes fail'
    description: 'The folder of a project could not be looked through; the line says which, and why.'
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          // The line is that of functions/refresh/run.py.
          query: 'traces | where message contains "A refresh failed"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}

resource rounds 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'rounds-${token}'
  location: location
  tags: tags
  properties: {
    displayName: 'Nothing is done by itself'
    description: 'The timer has not run for 30 minutes: no folder is checked, and nothing that was cut off is finished.'
    severity: 1
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          // The lines are those of functions/background.py, two at least every ten minutes.
          query: 'traces | where tostring(parse_json(message).message) == "timer"'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}
