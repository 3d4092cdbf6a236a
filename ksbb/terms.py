"""The platform's own terms, as an installation may set them: how long what is held, kept, and can be undone."""

from environs import Env

env = Env()

# How long a pledge holds its quantity while it waits for an answer, and by when an assessor must call.
KSBB_HOLD_HOURS = env.int("KSBB_HOLD_HOURS", 72)
KSBB_CONTACT_HOURS = env.int("KSBB_CONTACT_HOURS", 48)
# How long the end of an account can be undone.
KSBB_ERASURE_DAYS = env.int("KSBB_ERASURE_DAYS", 14)
# What a report of misconduct says and shows goes so many years after it was decided; that it was, and how, stays.
KSBB_CASE_YEARS = env.int("KSBB_CASE_YEARS", 5)
# How long a list of recipients is kept after its report was verified.
KSBB_LIST_MONTHS = env.int("KSBB_LIST_MONTHS", 6)
# After how long an account goes whose address was never proved.
KSBB_UNPROVED_DAYS = env.int("KSBB_UNPROVED_DAYS", 14)
