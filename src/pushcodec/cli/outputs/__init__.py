"""What the commands write into files: what may be overwritten, and how a file is replaced."""
