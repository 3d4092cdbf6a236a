"""Being told: notices in the platform, by e-mail and by WhatsApp, of what verbs did.

A room says in its `notices.py` who is told of which verb, and in which words:

    ACCEPTED = Kind(
        "commitment.accepted", Group.GIVING,
        title=_("Ikrar %(number)s diterima asesor"),
        text=_("%(quantity)s akan dikirim ke %(place)s. Rencanakan pengirimannya."),
    )

    @tells(Commitment, "accept")
    def accepted(act: Performance) -> Iterator[News]:
        item = act.subject
        yield News(ACCEPTED, members(item.pledge.collaborator_id, Role.COLLABORATOR), item, {
            "number": item.number, "quantity": both(lambda: quantity_of(item.aid_type, item.live)),
            "place": item.recipient_name,
        })

The module is imported in the app's `AppConfig.ready`. `perform()` asks the registry once the journal row is written,
in the same transaction: so a notice exists exactly when the verb was performed, and once for each person and journal
row (of several, the first that names the person). Where a verb has no teller nothing is asked of the database.

What the clock brings about (a reminder) has no journal row: `tell(news, key=…)` in `accounts.notices.actions`, inside
a transaction; the same person is told once for each key.

Where things are:
- `kinds`      `Group`, `Kind`: the words of a notice, and how urgent it is
- `audiences`  `members`, `officers`, `officials`, `person`: to whom, by assignments that are in force now
- `registry`   `News`, `tells`
- `values`     `both`, `day`, `moment`, `rupiah`: parameters that are worded in the reader's language when they are read
- `actions`    `tell`, `none_before` (for walking a history), reading, preferences, sending
- `channels`   e-mail, WhatsApp, and the `wa.me` link

Words never hold the personal data of others, nor what somebody may take back (a citizen's title or text): numbers,
places, quantities, organisations. Reasons stand on the page that the notice leads to.
"""
