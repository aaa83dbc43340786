"""Who is told of faults and of maintenance that is due, in their language and in one transaction with it."""
