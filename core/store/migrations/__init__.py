"""Migrations: a version table for the host and for each module, so that none can block another."""
