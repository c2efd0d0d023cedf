"""What all faces share: doors, the page shell, forms and fields, the clock, error pages, the second language.

Every component is shown at /mau/ on a running portal. Nothing here belongs to one face alone.
"""
