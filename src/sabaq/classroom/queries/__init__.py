"""What is read of a class, a module a topic."""
