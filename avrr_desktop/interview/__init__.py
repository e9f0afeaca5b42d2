"""The XLSForm engine: source, definition, running form."""
