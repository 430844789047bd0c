"""Products for other desks: asset tables with title block, marking and as-of time, in seven kinds of file."""
