"""Jobs of the room of the post. Each takes an id, calls a service, and may run twice."""
