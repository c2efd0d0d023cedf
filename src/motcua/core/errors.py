"""The three kinds of trouble: form errors (Django's own), a rule's refusal (here), bugs (they crash and are logged)."""


class BusinessError(Exception):
    """A rule refuses an act.

    The text is Vietnamese, polite, and says what the person can do; it is shown with status 422. With values in it, it
    is made by `motcua.core.words.say`, so that the page can say it in English.
    """


class Conflict(BusinessError):
    """Somebody else was first: the object is no longer in the state that the act starts from."""
