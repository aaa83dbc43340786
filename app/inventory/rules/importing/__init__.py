"""From the bytes of somebody's list to equipment as it would be: reading, mapping, understanding. Pure."""
