"""One file a work: ``rows(place)`` measures it and gives its lines of the table."""
