"""What trainer and host do with a class, a module a topic. Two may drive at once; every act says what it saw."""
