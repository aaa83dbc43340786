"""Money: price lists, quotes for bookings, and statements of use. A site may do without all of it."""
