"""What must hold of bookings and occupancies at any instant, as queries."""
