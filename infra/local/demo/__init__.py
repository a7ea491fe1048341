"""The people of a fresh local stack: invented, marked as such, and drawn rather than photographed."""
