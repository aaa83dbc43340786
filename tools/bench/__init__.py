"""`make bench`: what the calls that matter cost, beside their floor, while the history grows."""
