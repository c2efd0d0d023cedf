"""What rooms above must know of money. Both are sent inside the transaction of the act."""

from django.dispatch import Signal

# Before an order's row is locked: kwargs `about`, ("dossier", "NH-7K3F-92XA"). Who locks a row of their own in
# `money_changed` locks it here already: so every transaction locks theirs first and the order second, and two never
# wait for each other.
about_to_lock = Signal()

# After money was booked, an order cancelled, or a refund moved: kwargs `order` and `what`, one of
# "paid", "surplus", "cancelled", "refund_asked", "refunded", "refund_failed", "attempt" (a try failed, ran out or is
# held back).
money_changed = Signal()
