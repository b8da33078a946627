"""`python -m pushcodec`: the command line."""

from pushcodec.cli import run_program

run_program()
