"""Images and labels for training: fetched once, kept on this machine, and handed on as other libraries have them."""
