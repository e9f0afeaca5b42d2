"""The user's verbs: one call, one transaction, one result."""
