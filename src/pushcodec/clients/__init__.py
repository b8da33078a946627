"""What each client does with an ext: a package for each family of clients, and the modules that the families share."""
