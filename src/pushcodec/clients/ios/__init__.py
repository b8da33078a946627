"""The iOS client: its reader (`foundation`), its routing, and what follows."""
