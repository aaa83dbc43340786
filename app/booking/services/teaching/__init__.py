"""Teaching takes its time on equipment, without moving anybody's booking."""
