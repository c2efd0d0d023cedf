"""Attacks: each test tries one, on all addresses where there are many."""
