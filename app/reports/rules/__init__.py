"""The days, the shares and the spreads behind the pictures. Pure."""
