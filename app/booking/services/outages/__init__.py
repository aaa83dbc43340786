"""Equipment that fails, or is closed: who has to give way to that, and where they could go instead."""
