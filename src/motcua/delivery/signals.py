"""What rooms above must know of parcels. Both are sent inside the transaction of the act."""

from django.dispatch import Signal

# Before a parcel's row is locked: kwargs `about`, ("dossier", "NH-7K3F-92XA"). Who locks a row of their own in
# `parcel_changed` locks it here already: so every transaction locks theirs first and the parcel second.
about_to_lock = Signal()

# After something about a parcel has changed: kwargs `parcel` and `what`. `what` is the new state (a `ParcelState`
# value) when that is what changed, sent again for each further "failed"; or one of
# "placed" (the post has taken the order; `item_code` is there), "refused" (it doesn't take it: `trouble`),
# "cancel_refused" (too late to cancel: `trouble`),
# "money" (the postman said what was collected: `fee_collected`, `postage_collected`; once for a parcel),
# "remitted" (the post has passed it on), "arrived" (the agency's own word: `arrived_at`).
# A parcel with what the postman took along at the door is made with "picked_up"; its `back_of` is the one delivered.
parcel_changed = Signal()
