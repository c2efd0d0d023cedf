"""Stand-ins for the outside world on one machine: a gateway for SMS, Zalo, a mail server that keeps everything."""
