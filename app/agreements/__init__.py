"""Who agreed to what, until when. Thin for now: the letter and its dates."""
