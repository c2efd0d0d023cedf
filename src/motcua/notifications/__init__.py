"""Messages to a plain recipient, by email, SMS or Zalo: written down with the act, handed over by a job, tried again.

Who is told of what, and when, the rooms above decide; this one knows an address, a template and its values, nobody's
account and no dossier.
"""
