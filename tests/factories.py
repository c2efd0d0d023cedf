"""Rows for tests, in the domain's words. Acts go through the services; factories only make what acts start from."""
