"""The command line, `image-labeling`: what the package does, by nouns and verbs."""
