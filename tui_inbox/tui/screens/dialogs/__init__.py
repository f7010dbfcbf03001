"""What is asked of a person before something is written down."""
