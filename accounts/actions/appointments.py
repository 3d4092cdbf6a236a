"""Who is what, where and for how long: appointing, changing the term, ending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import clock, programs
from accounts.actions.perform import perform
from accounts.errors import NotAllowed, Refused
from accounts.models import ROLE_FLAGS, Assignment, Organisation, OrganisationState, User
from accounts.roles import AREA_ROLES, INSPECTION_ROLES, RECIPIENT_ROLES, Role, Standing
from accounts.scope import Grant
from regions.codes import Level
from regions.models import Region, Site

LEVELS: Mapping[Role, frozenset[Level]] = {
    Role.ADMINISTRATOR: frozenset({Level.PROVINCE, Level.CITY}),
    Role.ASSESSOR: frozenset({Level.PROVINCE, Level.CITY}),
    Role.FACILITATOR: frozenset({Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.VILLAGE}),
    Role.INSPECTOR: frozenset({Level.PROVINCE, Level.CITY}),
    Role.OVERSEER: frozenset({Level.PROVINCE, Level.CITY}),
    Role.OFFICIAL: frozenset({Level.RW}),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a place, for one program ("" for all), until a day (None: without an end).

    `standing`: what somebody is within the organisation; "" leaves it open: its first member owns it.
    """

    role: Role
    place: Region | Site | Organisation
    program_code: str = ""
    ends: date | None = None
    standing: str = ""

    def fields(self) -> dict[str, Any]:
        """As an assignment or an invitation keeps it."""
        kinds = {"region": Region, "site": Site, "organisation": Organisation}
        where = {name: self.place if isinstance(self.place, kind) else None for name, kind in kinds.items()}
        return {
            "role": self.role,
            "area_id": self.area,
            "program_code": self.program_code,
            "ends": self.ends,
            "standing": self.standing,
            **where,
        }

    @property
    def area(self) -> str:
        """Code of the region whose administrators look after the post; refused where there is none."""
        code = self.place.code if isinstance(self.place, Region) else self.place.region_id
        if code is None:
            raise Refused(_("Isi dulu wilayah kantor organisasi ini."), field="place")
        return code

    @classmethod
    def of(cls, row: Any) -> "Post":
        """The post that an assignment or an invitation is for."""
        return cls(Role(row.role), row.place, row.program_code, row.ends, row.standing)


def check_post(post: Post) -> None:
    """Refuse a post that makes no sense."""
    place = post.place
    if post.ends is not None and post.ends < clock.today():
        raise Refused(_("Tanggal ini sudah lewat."), field="ends")
    if post.program_code and post.program_code not in dict(programs.choices()):
        raise Refused(_("Program ini tidak ada."), field="program")
    if isinstance(place, Region):
        _check_region(post.role, place)
    elif isinstance(place, Site):
        if post.role not in RECIPIENT_ROLES:
            raise Refused(_("Peran ini tidak bekerja untuk satu lembaga."), field="place")
        if not place.is_active:
            raise Refused(_("Lembaga ini sudah tidak aktif."), field="place")
    else:
        _check_organisation(post.role, place)


def check_grant(post: Post, grant: Grant | None) -> None:
    """Refuse a post for other programs than the one that who appoints looks after, or that is not theirs to give."""
    if grant is not None and post.role in INSPECTION_ROLES and (grant.program or "." in (grant.region or "")):
        raise Refused(_("Pemeriksa dan pengawasnya hanya ditugaskan administrator provinsi."), field="role")
    if grant is not None and grant.program and post.program_code != grant.program:
        raise Refused(
            _("Anda hanya mengurus program %(program)s.") % {"program": grant.program}, field="program"
        )


def _check_region(role: Role, region: Region) -> None:
    if role not in AREA_ROLES | RECIPIENT_ROLES:
        raise Refused(_("Peran ini bekerja untuk sebuah organisasi."), field="place")
    if Level(region.level) not in LEVELS[role]:
        raise Refused(_("Peran ini tidak bekerja di wilayah setingkat itu."), field="place")
    if not region.is_current:
        raise Refused(_("Wilayah ini sudah tidak ada."), field="place")


def _check_organisation(role: Role, organisation: Organisation) -> None:
    if role in AREA_ROLES | RECIPIENT_ROLES:
        raise Refused(_("Peran ini bekerja untuk sebuah wilayah."), field="place")
    if organisation.state != OrganisationState.ACTIVE:
        raise Refused(_("Organisasi ini sedang dibekukan."), field="place")
    flag = ROLE_FLAGS.get(role)
    if not (getattr(organisation, flag) if flag else organisation.collaborator_kind):
        raise Refused(
            _("Organisasi ini tidak terdaftar sebagai %(role)s.") % {"role": role.label}, field="place"
        )


@transaction.atomic
def appoint(*, user: User, post: Post, by: User | None, verb: str = "appoint", **data: Any) -> Assignment:
    """Give somebody a role from today on. Refused when they already hold just this one.

    `verb`: "appoint" by an administrator, "join" where a member of the organisation invited.
    """
    check_post(post)
    # One at a time for one person: two clicks make one assignment.
    User.objects.select_for_update().get(pk=user.pk)
    assignment = Assignment(user=user, starts=clock.today(), **post.fields())
    if assignment.organisation is not None and not assignment.standing:
        assignment.standing = first_standing(assignment.organisation)
    held = user.assignments.not_over().filter(
        role=post.role,
        region=assignment.region,
        site=assignment.site,
        organisation=assignment.organisation,
        program_code=post.program_code,
    )
    with perform(assignment, verb, by=by, **data) as act:
        check_grant(post, act.grant)
        if post.role in INSPECTION_ROLES and by is not None and by.pk == user.pk:
            raise Refused(_("Tugas ini tidak dapat Anda berikan kepada diri sendiri."), field="role")
        if held.exclude(pk=assignment.pk).exists():
            raise Refused(_("Orang ini sudah memegang tugas yang sama."), field="place")
    _forget(user)
    return assignment


def first_standing(organisation: Organisation) -> Standing:
    """Of whom nobody said what they are within an organisation: the first owns it, others are members."""
    owned = organisation.assignments.not_over().filter(standing=Standing.OWNER).exists()
    return Standing.MEMBER if owned else Standing.OWNER


def prolong(*, assignment: Assignment, ends: date | None, reason: str, by: User | None) -> Assignment:
    """Change until when an assignment holds (None: without an end); never to a day that is past."""
    with perform(assignment, "prolong", by=by, reason=reason) as act:
        subject = act.subject
        _same_program(act.grant, subject)
        if ends is not None and ends < max(clock.today(), subject.starts):
            raise Refused(
                _("Tanggal ini sudah lewat. Untuk berhenti sekarang, akhiri tugasnya."), field="ends"
            )
        if ends is not None and (subject.ends is None or ends < subject.ends):
            _keep_own_last(subject, by)
        act.data |= {"from": _iso(subject.ends), "to": _iso(ends)}
        subject.ends = ends
    _forget(assignment.user)
    return act.subject  # type: ignore[no-any-return]


def end(*, assignment: Assignment, reason: str, by: User | None) -> Assignment:
    """End an assignment now. Refused for one's own last assignment as an administrator."""
    with perform(assignment, "end", by=by, reason=reason) as act:
        subject = act.subject
        _same_program(act.grant, subject)
        _keep_own_last(subject, by)
        today = clock.today()
        if subject.ends is None or subject.ends > today:
            subject.ends = max(today, subject.starts)
    _forget(assignment.user)
    return act.subject  # type: ignore[no-any-return]


def _same_program(grant: Grant | None, assignment: Assignment) -> None:
    if grant is not None and grant.program and grant.program != assignment.program_code:
        raise NotAllowed


def _keep_own_last(assignment: Assignment, by: User | None) -> None:
    """Nobody shuts themselves out by accident; the lock lets two ends at once see each other."""
    if by is None or assignment.user_id != by.pk or assignment.role != Role.ADMINISTRATOR:
        return
    User.objects.select_for_update().get(pk=by.pk)
    others = by.assignments.in_force().filter(~Q(pk=assignment.pk), role=Role.ADMINISTRATOR)
    if not others.exists():
        raise Refused(
            _("Ini tugas administrator Anda yang terakhir. Minta administrator lain mengakhirinya.")
        )


def _forget(user: User) -> None:
    user.__dict__.pop("_scope", None)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
