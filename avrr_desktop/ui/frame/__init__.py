"""What stands around every page: navigation, menu bar, status bar."""
