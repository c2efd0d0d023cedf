"""The sample ward (its data: `sample/` of the project), loaded through the services; and what only a sample shows, /ban-mau/.

Nothing outside depends on what is in it; whether a database is a sample, `marker` tells.
"""
