"""The officers' door: handle and password, then the code of an authenticator app."""
