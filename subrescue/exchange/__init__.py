"""Files and tables for other people: the response as JSON, CSV, GeoJSON and table, asset lists, case files, words."""
