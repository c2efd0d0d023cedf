"""What any room may need and none owns: text, numbers, working time, words, errors, rate limits, the shared cache.

No tables, and nothing that is true only of dossiers, agencies or people.
"""
