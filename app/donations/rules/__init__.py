"""What may be promised, and how an offer goes from state to state. Pure."""
