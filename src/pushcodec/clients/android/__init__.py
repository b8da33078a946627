"""The Android client: its reader (`gson`) and its redirect."""
