"""The Android client: its reader (`gson`), the classes that it binds, and its routes (`redirect`)."""
