"""What is read of prices, quotes and use."""
