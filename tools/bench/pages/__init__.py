"""What every page costs: time at the server, questions to the database, octets, and time to paint."""
