"""Help (F1): the keys of this screen and where data are kept."""
