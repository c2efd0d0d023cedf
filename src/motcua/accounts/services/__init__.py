"""The acts of the accounts room: open an account, change it, send and check codes, authenticators."""

from motcua.accounts.services.authenticators import (
    check_authenticator,
    check_recovery_code,
    new_secret,
    set_authenticator,
)
from motcua.accounts.services.changes import (
    change_email,
    change_password,
    change_phone,
    change_profile,
    reset_password,
)
from motcua.accounts.services.codes import (
    Verdict,
    check_code,
    clear_codes,
    make_digits,
    request_recovery_code,
    send_again,
    send_code,
)
from motcua.accounts.services.complaints import (
    NotTheirs,
    clear_complaints,
    complain,
    find_unfounded,
    give_account_back,
    note_reading,
)
from motcua.accounts.services.counter import (
    Difference,
    OnCard,
    PhoneTrouble,
    correct_at_counter,
    differences,
    look_up,
    may_look_up,
    open_at_counter,
)
from motcua.accounts.services.logins import clear_sessions, record_login, record_logout, record_refusal
from motcua.accounts.services.national import Arrival, come_in
from motcua.accounts.services.notices import (
    begin_zalo_link,
    choose_ways,
    clear_zalo_codes,
    take_zalo_code,
    unlink_zalo,
)
from motcua.accounts.services.opening import AccountExists, open_citizen, open_officer, register

__all__ = [
    "AccountExists",
    "Arrival",
    "Difference",
    "NotTheirs",
    "OnCard",
    "PhoneTrouble",
    "Verdict",
    "begin_zalo_link",
    "change_email",
    "change_password",
    "change_phone",
    "change_profile",
    "check_authenticator",
    "check_code",
    "check_recovery_code",
    "choose_ways",
    "clear_codes",
    "clear_complaints",
    "clear_sessions",
    "clear_zalo_codes",
    "come_in",
    "complain",
    "correct_at_counter",
    "differences",
    "find_unfounded",
    "give_account_back",
    "look_up",
    "make_digits",
    "may_look_up",
    "new_secret",
    "note_reading",
    "open_at_counter",
    "open_citizen",
    "open_officer",
    "record_login",
    "record_logout",
    "record_refusal",
    "register",
    "request_recovery_code",
    "reset_password",
    "send_again",
    "send_code",
    "set_authenticator",
    "take_zalo_code",
    "unlink_zalo",
]
