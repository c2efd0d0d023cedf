"""The faces of the house, one for each who looks: `public`, `citizen`, `desk`, `office`; `components` they share.

A view asks a door, reads queries, calls one service, shows a template; it decides nothing about a case and never
touches a table. The faces don't know each other.
"""
