"""Roles as grants of permissions. Pure: no database, no Django models."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What someone may do; who may do it where is decided by `Scope`."""

    # accounts
    PEOPLE_MANAGE = "people.manage"
    ORGANISATION_MANAGE = "organisation.manage"
    SITE_MANAGE = "site.manage"
    PROGRAM_MANAGE = "program.manage"
    LAYER_MANAGE = "layer.manage"
    CODE_ISSUE = "code.issue"
    # one's own organisation
    MEMBER_MANAGE = "member.manage"
    PROFILE_EDIT = "profile.edit"
    OWNERSHIP = "ownership"
    PROOF_SEE = "proof.see"
    PROOF_ISSUE = "proof.issue"
    PROOF_SHARE = "proof.share"
    # needs
    NEED_SEE = "need.see"
    NEED_DRAFT = "need.draft"
    NEED_PUBLISH = "need.publish"
    ADJUSTMENT_ASK = "adjustment.ask"
    # proposals
    PROPOSAL_SEE = "proposal.see"
    PROPOSAL_MODERATE = "proposal.moderate"
    PROPOSAL_ANSWER = "proposal.answer"
    # pledges and commitments
    PLEDGE_SUBMIT = "pledge.submit"
    COMMITMENT_SEE = "commitment.see"
    COMMITMENT_ANSWER = "commitment.answer"
    COMMITMENT_CANCEL = "commitment.cancel"
    COMMITMENT_ALLOCATE = "commitment.allocate"
    COMMITMENT_FUND = "commitment.fund"
    COMMITMENT_ENTRUST = "commitment.entrust"
    COMMITMENT_RESTORE = "commitment.restore"
    COMMITMENT_CHANGE = "commitment.change"
    COMMITMENT_DIVERT = "commitment.divert"
    REDIRECT_ASK = "redirect.ask"
    # messages about a commitment
    THREAD_WRITE = "thread.write"
    THREAD_ANSWER = "thread.answer"
    # deliveries
    DELIVERY_SEE = "delivery.see"
    DELIVERY_PLAN = "delivery.plan"
    DELIVERY_CONFIRM = "delivery.confirm"
    DELIVERY_MOVE = "delivery.move"
    DELIVERY_DISPATCH = "delivery.dispatch"
    DELIVERY_FAIL = "delivery.fail"
    SHORTFALL_SETTLE = "shortfall.settle"
    # handover reports
    HANDOVER_SEE = "handover.see"
    HANDOVER_REPORT = "handover.report"
    HANDOVER_VERIFY = "handover.verify"
    HANDOVER_DISPUTE = "handover.dispute"
    # assets
    ASSET_SEE = "asset.see"
    ASSET_DESCRIBE = "asset.describe"
    ASSET_CHECK = "asset.check"
    ASSET_TRANSFER = "asset.transfer"
    ASSET_ACCEPT = "asset.accept"
    ASSET_WRITE_OFF = "asset.write_off"
    # what others than the reporter say of an arrival
    CONFIRM_DELIVERY = "confirm.delivery"
    CONFIRM_PLACE = "confirm.place"
    CONFIRMATION_DRAW = "confirmation.draw"
    CONFIRMATION_PRINT = "confirmation.print"
    # figures from outside the platform
    OUTSIDE_SEE = "outside.see"
    OUTSIDE_RECORD = "outside.record"
    # misconduct reports
    MISCONDUCT_HANDLE = "misconduct.handle"
    MISCONDUCT_OVERSEE = "misconduct.oversee"


class Role(StrEnum):
    """What someone is, within one assignment."""

    ADMINISTRATOR = "administrator"
    ASSESSOR = "assessor"
    FACILITATOR = "facilitator"
    INSPECTOR = "inspector"
    OVERSEER = "overseer"
    OFFICIAL = "official"
    COLLABORATOR = "collaborator"
    AGGREGATOR = "aggregator"
    EXECUTOR = "executor"

    @property
    def label(self) -> Promise:
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, Promise] = {
    Role.ADMINISTRATOR: _("administrator"),
    Role.ASSESSOR: _("asesor"),
    Role.FACILITATOR: _("fasilitator"),
    Role.INSPECTOR: _("pemeriksa"),
    Role.OVERSEER: _("pengawas pemeriksaan"),
    Role.OFFICIAL: _("pengurus penerima"),
    Role.COLLABORATOR: _("kolaborator"),
    Role.AGGREGATOR: _("agregator"),
    Role.EXECUTOR: _("pelaksana"),
}


class Standing(StrEnum):
    """What a member is within their organisation, beside the role in which it works."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"

    @property
    def label(self) -> Promise:
        return STANDING_LABELS[self]


STANDING_LABELS: dict[Standing, Promise] = {
    Standing.OWNER: _("pemilik"),
    Standing.ADMIN: _("pengelola"),
    Standing.MEMBER: _("anggota"),
}

# How a role's assignment reaches things: by area (a region and all below it), by being the one
# recipient (an RW or a site, and no other), or by organisation.
AREA_ROLES = frozenset({Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR, Role.INSPECTOR, Role.OVERSEER})
RECIPIENT_ROLES = frozenset({Role.OFFICIAL})
ORGANISATION_ROLES = frozenset({Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR})
# They work on what is said about everybody else: only the province appoints them, and nobody themselves.
INSPECTION_ROLES = frozenset({Role.INSPECTOR, Role.OVERSEER})

_P = Permission
_DELIVERER = frozenset({_P.DELIVERY_SEE, _P.DELIVERY_PLAN, _P.DELIVERY_MOVE, _P.DELIVERY_DISPATCH,
                        _P.DELIVERY_FAIL, _P.HANDOVER_SEE, _P.CONFIRM_DELIVERY})  # fmt: skip
# Who moves assets and takes them off the list. Describing and checking is the recipient's; who is near does it for places
# that have no official.
_ASSET_KEEPER = frozenset({_P.ASSET_SEE, _P.ASSET_TRANSFER, _P.ASSET_ACCEPT, _P.ASSET_WRITE_OFF})
_ASSET_TENDER = frozenset({_P.ASSET_SEE, _P.ASSET_DESCRIBE, _P.ASSET_CHECK})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            _P.PEOPLE_MANAGE,
            _P.ORGANISATION_MANAGE,
            _P.SITE_MANAGE,
            _P.PROGRAM_MANAGE,
            _P.LAYER_MANAGE,
            _P.CODE_ISSUE,
            _P.NEED_SEE,
            _P.PROPOSAL_SEE,
            _P.PROPOSAL_MODERATE,
            _P.PROPOSAL_ANSWER,
            _P.COMMITMENT_SEE,
            _P.DELIVERY_SEE,
            _P.HANDOVER_SEE,
            *_ASSET_KEEPER,
            _P.OUTSIDE_SEE,
        }
    ),
    Role.ASSESSOR: frozenset(
        {
            _P.NEED_SEE,
            _P.NEED_DRAFT,
            _P.NEED_PUBLISH,
            _P.PROPOSAL_SEE,
            _P.PROPOSAL_MODERATE,
            _P.PROPOSAL_ANSWER,
            _P.COMMITMENT_SEE,
            _P.COMMITMENT_ANSWER,
            _P.COMMITMENT_CANCEL,
            _P.COMMITMENT_ALLOCATE,
            _P.COMMITMENT_ENTRUST,
            _P.COMMITMENT_RESTORE,
            _P.COMMITMENT_DIVERT,
            _P.THREAD_ANSWER,
            _P.DELIVERY_SEE,
            _P.DELIVERY_FAIL,
            _P.SHORTFALL_SETTLE,
            _P.HANDOVER_SEE,
            _P.HANDOVER_VERIFY,
            _P.HANDOVER_DISPUTE,
            *_ASSET_KEEPER,
            *_ASSET_TENDER,
            _P.CONFIRMATION_DRAW,
            _P.CONFIRMATION_PRINT,
            _P.OUTSIDE_SEE,
            _P.OUTSIDE_RECORD,
        }
    ),
    Role.FACILITATOR: frozenset(
        {
            _P.NEED_SEE,
            _P.NEED_DRAFT,
            _P.PROPOSAL_SEE,
            _P.PROPOSAL_MODERATE,
            _P.COMMITMENT_SEE,
            _P.THREAD_ANSWER,
            _P.DELIVERY_SEE,
            _P.DELIVERY_CONFIRM,
            _P.HANDOVER_SEE,
            _P.HANDOVER_DISPUTE,
            *_ASSET_TENDER,
            _P.CONFIRM_PLACE,
            _P.CONFIRMATION_PRINT,
            _P.CODE_ISSUE,
        }
    ),
    # Cases, and what they are about, to read.
    Role.INSPECTOR: frozenset(
        {_P.MISCONDUCT_HANDLE, _P.NEED_SEE, _P.COMMITMENT_SEE, _P.DELIVERY_SEE, _P.HANDOVER_SEE}
    ),
    # Who opened which case, and which are late; never what stands in them.
    Role.OVERSEER: frozenset({_P.MISCONDUCT_OVERSEE}),
    Role.OFFICIAL: frozenset(
        {
            _P.NEED_SEE,
            _P.DELIVERY_SEE,
            _P.ADJUSTMENT_ASK,
            _P.DELIVERY_CONFIRM,
            _P.DELIVERY_MOVE,
            _P.HANDOVER_SEE,
            _P.HANDOVER_REPORT,
            *_ASSET_TENDER,
            _P.ASSET_ACCEPT,
        }
    ),
    Role.COLLABORATOR: _DELIVERER
    | {
        _P.PLEDGE_SUBMIT,
        _P.COMMITMENT_SEE,
        _P.COMMITMENT_CANCEL,
        _P.COMMITMENT_CHANGE,
        _P.COMMITMENT_ENTRUST,
        _P.COMMITMENT_DIVERT,
        _P.COMMITMENT_RESTORE,
        _P.PROOF_SEE,
        _P.PROOF_ISSUE,
        _P.REDIRECT_ASK,
        _P.THREAD_WRITE,
    },
    Role.AGGREGATOR: _DELIVERER
    | {_P.COMMITMENT_SEE, _P.COMMITMENT_FUND, _P.COMMITMENT_ENTRUST, _P.THREAD_WRITE},
    Role.EXECUTOR: _DELIVERER | {_P.COMMITMENT_SEE, _P.THREAD_WRITE},
}

# What somebody may do in their own organisation by their standing there, whatever its role.
_MANAGER = frozenset({_P.MEMBER_MANAGE, _P.PROFILE_EDIT, _P.PROOF_SHARE})
STANDING_GRANTS: dict[Standing, frozenset[Permission]] = {
    Standing.OWNER: _MANAGER | {_P.OWNERSHIP},
    Standing.ADMIN: _MANAGER,
    Standing.MEMBER: frozenset(),
}
