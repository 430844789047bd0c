"""The report on paper: tables, map and timeline laid out on pages and painted as PDF, on a printer or as pictures."""
