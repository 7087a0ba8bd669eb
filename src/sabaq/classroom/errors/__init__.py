"""What can go wrong in a class, a module a topic."""
