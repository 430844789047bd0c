"""The registry's window: tables, forms, history, import, export and live positions."""
