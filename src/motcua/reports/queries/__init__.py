"""What the figures are read from, and how screens read them."""
