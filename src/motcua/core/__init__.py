"""Working time, text, money, errors, types: no tables, no domain."""
