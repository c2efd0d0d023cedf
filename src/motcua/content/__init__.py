"""What is said around the services: notices of outages, guide pages, how many people came.

Not the catalogue (`procedures`), nor the figures about dossiers (`reports`).
"""
