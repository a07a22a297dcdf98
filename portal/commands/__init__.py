"""What the commands of `portal` do, a file for each family; portal.cli loads the one that is asked for."""

REQUEST = (
    "kind",
    "subject",
    "body",
    "text",
    "product",
    "organization",
    "relation",
    "relations",
    "language",
    "amount",
)
"""What `portal route explain` may be told of a request."""


class Trouble(RuntimeError):
    """Ends a command; the message is one line for whoever typed it."""
