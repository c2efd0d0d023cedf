"""What holds about parcels, without a database."""
