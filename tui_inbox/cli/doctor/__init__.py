"""Whether everything is in order, and what to do where it is not."""
