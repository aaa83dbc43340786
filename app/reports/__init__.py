"""Pictures of data: how equipment is used, what was missed, how long answers take. It changes nothing."""
