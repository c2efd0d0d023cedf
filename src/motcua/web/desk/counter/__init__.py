"""The counter (tiếp nhận tại quầy): an officer finds or registers a person, types their dossier in, and receives it."""
