"""The catalogue of administrative procedures (thủ tục hành chính): what the state says of them, and how it is found.

Beside what every room has: `importing` reads lines of the catalogue and `comparing` says what differs between two
records, both pure; `finding` is the engine that ranks names for what people type, pure as well; `search` runs it on the
published records, with filters and counts. What can be done online is not the catalogue's word: that is an offering.
"""
