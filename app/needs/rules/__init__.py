"""How a gap is computed, and what a need may be. Pure."""
