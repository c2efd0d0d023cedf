"""Agencies (cơ quan), their units, who holds which post in them, and when they work.

What an agency offers is in `offerings`; with what key it seals, `documents.signatures` asks the keys folder.
"""
