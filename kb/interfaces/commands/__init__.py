"""The commands of ``kb``, one module each, with ``register(subparsers)`` and a function that runs it."""
