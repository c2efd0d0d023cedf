"""The acts of the room: close a month, take over what was counted elsewhere."""
