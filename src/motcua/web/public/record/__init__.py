"""A procedure for the public: its record, its checklist to print, its past, what machines read of it."""
