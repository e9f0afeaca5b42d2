"""The dated rules of a programme: each answer names the rule that fired and its source."""
