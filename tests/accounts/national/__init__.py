"""Logging in through the National portal, and confirmations by it."""
