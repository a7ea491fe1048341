"""DynamoDB: items to domain values, intentions to conditional writes."""
