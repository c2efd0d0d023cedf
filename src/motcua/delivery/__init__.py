"""The public post (bưu chính công ích): parcels, what becomes of them, postage, cash on delivery.

It knows no dossiers: a parcel bears a kind and a number, and `signals` tell whoever sent it. Only `services` reach
`providers`.
"""
