"""The version of the program, where everything that names it finds it."""

__version__ = "0.1.0"
