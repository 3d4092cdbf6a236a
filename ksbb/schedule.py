"""What Celery's beat starts, and how often (seconds). Tasks are named, not imported: settings read this."""

SCHEDULE: dict[str, dict[str, object]] = {
    # /readyz tells from this that a worker takes jobs; a beat that is late need not be made up for.
    "heartbeat": {"task": "ksbb.tasks.heartbeat", "schedule": 15.0, "options": {"expires": 15}},
    # What a dead broker or a killed worker left behind is computed at the latest now.
    "sweep-stale": {
        "task": "donations.statistics.tasks.sweep_stale",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "recompute-everything": {
        "task": "donations.statistics.tasks.recompute_everything",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "expire-holds": {
        "task": "donations.pledges.tasks.expire_holds",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "remind-expiring": {
        "task": "donations.pledges.tasks.remind_expiring",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    # Also what was to go out at once while the broker was away.
    "send-notices": {
        "task": "accounts.notices.tasks.send_notices",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "sweep-unnoticed-reports": {
        "task": "donations.handovers.tasks.sweep_unnoticed",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "sweep-proofs": {
        "task": "donations.proofs.tasks.sweep_proofs",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "sweep-personal": {
        "task": "accounts.own_data_tasks.sweep_personal",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    # Safe to run at any time and twice: an hour's delay is the most that a broker's outage costs.
    "repeat-pledges": {
        "task": "donations.pledges.tasks.repeat_pledges",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    # Each place and day is told once, so an hour is soon enough for both.
    "remind-of-asset-checks": {
        "task": "donations.assets.tasks.remind_of_checks",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "register-missing-assets": {
        "task": "donations.assets.tasks.register_missing",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "forget-unproved": {"task": "accounts.own_data_tasks.forget_unproved", "schedule": 86400.0},
    "forget-notices": {"task": "accounts.notices.tasks.forget_notices", "schedule": 86400.0},
    "forget-drafts": {"task": "donations.pledges.tasks.forget_drafts", "schedule": 86400.0},
    "watch-misconduct-deadlines": {
        "task": "donations.misconduct.tasks.watch_deadlines",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    # Both sides of every report that was handed in; what is missed now is asked the next time.
    "ask-for-confirmations": {
        "task": "donations.confirmations.tasks.ask_for_confirmations",
        "schedule": 120.0,
        "options": {"expires": 120},
    },
    "end-confirmations": {
        "task": "donations.confirmations.tasks.end_confirmations",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "remind-of-confirmations": {
        "task": "donations.confirmations.tasks.remind_of_confirmations",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "empty-recipient-lists": {"task": "donations.handovers.tasks.empty_lists", "schedule": 86400.0},
    "forget-remarks": {"task": "donations.confirmations.tasks.forget_remarks", "schedule": 86400.0},
    "forget-misconduct-drafts": {"task": "donations.misconduct.tasks.forget_drafts", "schedule": 86400.0},
    "empty-old-cases": {"task": "donations.misconduct.tasks.empty_old_cases", "schedule": 86400.0},
    "forget-proposal-drafts": {"task": "programs.proposals.tasks.forget_drafts", "schedule": 86400.0},
}
