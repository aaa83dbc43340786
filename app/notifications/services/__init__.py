"""What is done with news: written, delivered, read, given another try, forgotten."""
