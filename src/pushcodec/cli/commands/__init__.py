"""The commands, a module each. `pushcodec.cli.parsing` says what such a module contains."""
