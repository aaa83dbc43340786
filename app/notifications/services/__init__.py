"""What is done with news: written, taken back, delivered, read, given another try, forgotten."""
