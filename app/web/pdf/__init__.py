"""Sheets of A4 to hand out: our fonts, both directions, the ruler. The features say what stands on them."""
