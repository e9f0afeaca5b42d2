"""The page "Plan" of a case: what is agreed, for whom, at what price, and why no more."""
