"""What the reports read, in a number of statements that never grows."""
