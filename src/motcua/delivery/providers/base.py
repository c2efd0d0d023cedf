"""How the post says no, or says nothing."""


class PostUnavailable(Exception):
    """No answer, or none that can be read; what was asked may have been done all the same. Comes again later."""


class PostRefused(Exception):
    """The post understood and says no; its words are for people."""
