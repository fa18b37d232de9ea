"""deling: shared weekly plans for the institutions of a local area."""

__version__ = "0.1.0"
