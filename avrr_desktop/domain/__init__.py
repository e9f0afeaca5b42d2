"""Entities and values: each field declared once, with its register, section, sensitivity and print rule."""
