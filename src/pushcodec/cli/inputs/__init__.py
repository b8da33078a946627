"""What the commands read: the files that names refer to, their documents, and their batches of rows."""
