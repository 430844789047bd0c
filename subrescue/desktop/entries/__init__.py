"""Lists of a case that are entered in a box of their own: the entries, the form of one, the box of all."""
