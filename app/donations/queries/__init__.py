"""Every select of donations."""
