"""Under /can-bo/quan-tri/thu-tuc/: the catalogue's editors. Every view wears `editor_required`."""
