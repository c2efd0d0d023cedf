"""Reads of dossiers, named for who looks."""
