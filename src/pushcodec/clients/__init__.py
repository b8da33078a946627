"""What each client does with an ext: a package for each family of clients, and what all of them share."""
