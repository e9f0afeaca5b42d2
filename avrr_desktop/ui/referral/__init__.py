"""A new referral: who, when it was received, from whom; people already known are shown while typing."""
