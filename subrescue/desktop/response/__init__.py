"""The response panel: the ranked table, the chosen option in full, comparison, reasons and offers."""
