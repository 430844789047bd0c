"""Nations' declarations as files: templates out, tables in, the difference, and the changes that follow from it."""
