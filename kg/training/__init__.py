"""Training of the learned parts: needs the ``train`` extra, never imported when extracting."""
