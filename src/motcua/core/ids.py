"""Numbers that people read aloud and copy by hand."""

import secrets

# No 0 O, 1 I L, U V: what is mistaken on paper or over the telephone. 29 ** 8 numbers, drawn at random: not guessable,
# and they don't tell how many dossiers there are.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_GROUP = 4


def new_ref(prefix: str = "NH") -> str:
    """A new submission number (mã nộp), like "NH-7K3F-92XA"."""
    return f"{prefix}-{drawn(_GROUP)}-{drawn(_GROUP)}"


def drawn(count: int) -> str:
    """So many letters of the alphabet above, drawn at random."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def tidy_ref(text: str) -> str:
    """What somebody typed, as we write it: "nh 7k3f 92xa" becomes "NH-7K3F-92XA"; anything else in capitals."""
    packed = "".join(letter for letter in text.upper() if letter.isalnum())
    if packed.startswith("NH") and len(packed) == 2 + 2 * _GROUP:
        return f"NH-{packed[2 : 2 + _GROUP]}-{packed[2 + _GROUP :]}"
    return "".join(text.upper().split())
