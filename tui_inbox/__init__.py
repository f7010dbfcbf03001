"""A terminal inbox for Thai government circulars."""

__version__ = "0.1.0"
