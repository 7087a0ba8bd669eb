"""The class as its participants see it, a module a topic."""
