"""First run: five short pages from nothing to an open office."""
