"""Other labeling software, run on this machine from an environment of its own, under the same loop of labelers."""
