"""What is done with accounts, by verb. Each owns its transaction and asks the permissions."""
