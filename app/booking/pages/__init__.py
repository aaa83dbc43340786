"""What the pages of booking show, worked out before a template sees it."""
