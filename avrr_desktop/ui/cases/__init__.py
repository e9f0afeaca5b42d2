"""The list of cases: working lists, search as one types, and taking a new referral."""
