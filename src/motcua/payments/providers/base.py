"""How every provider says that it couldn't be asked."""


class ProviderError(Exception):
    """No answer, or none that can be trusted; what was asked may have happened all the same. Comes again later."""
