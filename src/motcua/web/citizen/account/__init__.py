"""A citizen's account: register, log in, a forgotten password, the profile."""
