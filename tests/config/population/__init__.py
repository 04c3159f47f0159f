"""Populations of somebody's files."""
