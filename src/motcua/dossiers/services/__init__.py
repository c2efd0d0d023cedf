"""The acts on a dossier, one module per stretch of its way."""
