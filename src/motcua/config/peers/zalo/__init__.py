"""A demo Zalo: the APIs of an Official Account, its notices, and the phones on which its messages are read."""
