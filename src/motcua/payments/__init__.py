"""Money owed to agencies for public services: orders, tries to pay, what came, receipts, what goes back.

It knows no dossiers: an order bears a kind and a number, and `signals` tell whoever opened it. How high a fee is, and
what its payment allows, is decided in `dossiers`. Only `services` reach `providers`.
"""
