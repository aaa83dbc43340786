"""What there is and where: sites, labs, equipment, its units, and where each unit came from."""
