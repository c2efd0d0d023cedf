"""Figures for everybody: dossiers counted month by month, closed, and published so that no single person shows in them.

Keeps only its own counts. What officers see of their work of today is not here but in `dossiers.queries`.
"""
