"""Everything HTTP that knows no feature."""
