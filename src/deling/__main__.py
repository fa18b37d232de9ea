"""Run the command line with ``python -m deling``."""

from deling.cli import main

if __name__ == "__main__":
    main(prog_name="deling")
