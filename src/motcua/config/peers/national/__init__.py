"""The demo National portal: an OpenID provider with the pages that people know, in a process of its own.

`portal` knows people, visits, codes and keys; `pages` draws; `web` answers. What it can be told to do wrong:
docs/integrator/national-portal.md.
"""
