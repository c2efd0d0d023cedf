"""Looking dossiers up (tra cứu hồ sơ) without an account's login."""
