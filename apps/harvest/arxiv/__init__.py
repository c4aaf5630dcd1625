"""What arXiv answers, read: OAI-PMH and Atom, over the network or from a file."""
