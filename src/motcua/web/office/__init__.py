"""What administrators and editors look after: the catalogue, its search, offerings, outages, complaints."""
