"""Dives at the datum, as numbers: cycles, chambers, decompression, who comes out when."""
