"""What holds about money, without a database."""
