"""Stand-ins for the outside world on one machine: gateways for SMS and Zalo, a mail server that keeps everything."""
