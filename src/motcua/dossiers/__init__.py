"""The case (hồ sơ): from the first page of a draft to the result in somebody's hand, with its clock, papers and money.

Here what the rooms below know apart comes together: a form's answers, files, a fee, a parcel, a message. The whole
state machine is one table, `rules.moves`; each act is one function of `services`; `receivers` hear of money and post.
"""
