"""The proof kept for law: which act, on what, by whom, when. Any room records here in the transaction of its act.

It points at things by kind and number, and knows none of them. What people read of a dossier's story is not here but in
`dossiers` (`DossierEvent`): that is told, this is kept.
"""
