"""What is done in a class, a module a topic."""
