"""Why a back-up is not made or not put back."""


class Refused(Exception):
    """It could not be done, and nothing was changed; the message is a sentence for who types."""
