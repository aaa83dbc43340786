"""Calendar subscriptions: feeds by secret address, and the bytes they are made of."""
