"""Composition: start-up, paths, wiring, demo and self-test."""
