"""People and how they log in: here, through the National portal, or at a counter that opens an account for them.

`flows` hold what takes several pages, `national` speaks with the National portal, `services` change what is kept. In
which agency an officer works is not known here but in `agencies`; the pages themselves are in `web`.
"""
