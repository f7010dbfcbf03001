"""Letters read in processes of their own: on every core, and none that breaks down harms another.

Nothing is imported here, so that a worker loads the reading rules and little else.
"""
