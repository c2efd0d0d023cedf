"""The sample ward (its data: the project's folder `sample/`), loaded through the services; and its pages, /ban-mau/.

Nothing outside depends on what is in it; whether a database is a sample, `marker` tells.
"""
