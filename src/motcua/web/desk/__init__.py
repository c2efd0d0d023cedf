"""What officers do with dossiers: the worklist, one dossier and its acts, the counter; and how officers log in."""
