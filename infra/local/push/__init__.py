"""A push service for one machine: it takes what a browser's own would take, and shows what its browsers could read."""
