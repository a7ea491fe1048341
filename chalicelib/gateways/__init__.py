"""The outside world, one file a party."""
