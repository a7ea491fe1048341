"""PeerLearn behind its entry points: rules, use cases, storage and the outside world."""
