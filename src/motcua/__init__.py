"""Một Cửa: one door to the state. Each package here is a room; README.md draws the house, `.importlinter` keeps it."""
