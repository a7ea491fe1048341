"""The rules of PeerLearn: frozen values and pure functions, standard library only."""
