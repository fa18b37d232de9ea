"""The program ``deling``, also as ``python -m deling``."""

from deling import ctrl_c


def main() -> None:
    """Run the command line."""
    ctrl_c.begin()
    from deling.cli import main as command  # takes most of a second

    command(prog_name="deling")


if __name__ == "__main__":
    main()
