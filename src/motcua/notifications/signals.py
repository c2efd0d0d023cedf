"""What rooms above must know of Zalo. Sent in the transaction in which the notice is handled."""

from django.dispatch import Signal

# A follower wrote something: kwargs `zalo_user` (their number with our account) and `text`. A receiver that knows what
# to answer returns the words; the first that does is answered with.
zalo_said = Signal()
