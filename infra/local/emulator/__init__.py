"""MiniStack, the local AWS: started in an environment of its own, with the few patches our stack needs."""
