"""Who is told what when a booking changes, or a time becomes free for who waits."""
