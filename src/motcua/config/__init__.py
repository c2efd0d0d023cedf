"""Settings, addresses, the `motcua` command, the worker, and the stand-ins for the outside world (`peers`).

The only room that knows all others, and that none knows.
"""
