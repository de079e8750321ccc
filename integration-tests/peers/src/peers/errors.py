"""The one error that a command shows without a stack trace."""


class PeersError(Exception):
    """Something the user can mend; the message names the file, key or value and what to do next."""
