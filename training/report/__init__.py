"""A page about the model that ships: what it reads and misreads, how sure it is, how it was trained."""
