"""Who is told what about gifts: guests of their link, everybody of each step, the contact of what is due."""
