"""Electronic forms as data (docs/eforms.md): what is asked when, how an answer is read, checked and told back.

The engine in `rules` is pure. Whose answers they are, and when they are handed in, is the affair of `dossiers`.
"""
