"""Pure decisions about a dossier: states and moves, the clock, papers, fees. Nothing here asks a database."""
