"""The command line: a stable interface with exit codes 0 fine, 1 cannot, 2 wrong use or input."""
