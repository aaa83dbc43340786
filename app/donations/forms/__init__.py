"""What is typed to offer something, and to handle what is offered."""
