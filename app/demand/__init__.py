"""What was wanted and could not be had, remembered when it happens: it cannot be reconstructed later."""
