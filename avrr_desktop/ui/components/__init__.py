"""The small parts every screen is made of. Texts arrive translated; looks come from `ui/theme.py`."""
