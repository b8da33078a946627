"""What the commands read: the files that names stand for, their documents, and their batches of rows."""
