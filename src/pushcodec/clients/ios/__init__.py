"""The iOS client: its reader (`foundation`), its routes, and what the app does after routing."""
