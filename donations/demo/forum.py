"""The demo's proposals as stories: sent, moderated, supported, talked over, answered, and linked to needs."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from accounts import clock
from accounts.models import User
from donations.demo.cast import PROVINCE, SOUTH, Cast
from donations.demo.ideas import IDEAS, NAMES, Idea
from programs.models import Need, Program
from programs.proposals import actions
from programs.proposals.models import Proposal, Support
from programs.proposals.rules import Rule

Story = Iterator[datetime]
SEED = 17_081_945
# What leads to the state that an idea ends in.
STEPS = {
    "studied": ("study",),
    "accepted": ("study", "accept"),
    "referred": ("study", "refer"),
    "declined": ("decline",),
    "realised": ("study", "accept", "realise"),
}
EARLIER = {
    "study": "Terima kasih. Kami mengkaji usulan ini bersama instansi yang terkait.",
    "accept": "Diterima. Kebutuhannya sedang dihitung.",
    "refer": "Dirujuk ke program yang sesuai.",
}


class Forum:
    """Everyone who writes, and the stories of what they wrote. Its chance is its own: the rest stays as it was."""

    def __init__(self, cast: Cast, until: datetime) -> None:
        self.cast, self.until = cast, until
        self.chance = random.Random(SEED)  # noqa: S311 the same data each time, not a secret
        self.programs = {program.code: program for program in Program.objects.all()}
        with clock.at(until - timedelta(days=370)):
            self.citizens = [
                cast.person(
                    cast.anyone_of(self.chance), "warga@demo.test" if not n else f"warga{n}@contoh.test"
                )
                for n in range(160)
            ]

    def stories(self) -> list[Story]:
        return [self._story(number, idea) for number, idea in enumerate(IDEAS)]

    def _story(self, number: int, idea: Idea) -> Story:
        yield self._day(self.until - timedelta(days=idea.days), 8, 20)
        # The one account that visitors of the demo sign in with wrote the bicycle workshop, and one that waits.
        author = self.citizens[0] if idea.name == "Warga Tebet" else self.citizens[number + 1]
        proposal = actions.submit(
            by=author, key=uuid.UUID(int=self.chance.getrandbits(128), version=4), title=idea.title, body=idea.body,
            for_whom=idea.for_whom, offer=idea.offer, region=self.cast.regions[idea.region],
            program=self.programs.get(idea.program), display_name=idea.name,
        )  # fmt: skip
        if idea.fate == "submitted":
            return
        officer = self._officer(idea.region)
        if proposal.state == "submitted":
            yield self._day(clock.now() + timedelta(hours=2), 9, 15)
            proposal = actions.publish(proposal=proposal, by=officer)
        yield from self._talk(proposal, idea, author, officer)
        yield from self._decide(proposal, idea, author, officer)

    def _day(self, moment: datetime, first: int, last: int) -> datetime:
        """The first time after that moment at an hour when people write, or offices work."""
        hour, minute = self.chance.randint(first, last), self.chance.randint(0, 59)
        found = timezone.localtime(moment).replace(hour=hour, minute=minute)
        return found if found >= moment else found + timedelta(days=1)

    def _officer(self, region: str) -> User:
        return self.cast.assessors.get(region, self.cast.assessors[PROVINCE])

    def _talk(self, proposal: Proposal, idea: Idea, author: User, officer: User) -> Story:
        """Supports and comments, spread over the first weeks."""
        begun, span = clock.now(), min(idea.days * 0.6, 40.0)
        others = [person for person in self.citizens if person.pk != author.pk]
        behind = self.chance.sample(others, min(idea.supports, len(others)))
        # Counted by the same trigger as one at a time.
        Support.objects.bulk_create(
            Support(proposal=proposal, user=person, at=begun + timedelta(days=self.chance.uniform(0, span)))
            for person in behind
        )
        names = self.chance.sample(NAMES, len(NAMES))
        for turn, text in enumerate(idea.said):
            official = text.startswith("!")
            moment = clock.now() + timedelta(days=span / (len(idea.said) + 1) * self.chance.uniform(0.5, 1))
            yield self._day(moment, 9 if official else 7, 15 if official else 21)
            comment = actions.post(
                proposal=proposal, by=officer if official else others[(proposal.pk * 7 + turn) % len(others)],
                key=uuid.UUID(int=self.chance.getrandbits(128), version=4), body=text.removeprefix("!"),
                display_name="" if official else names[turn],
            )  # fmt: skip
            if text == "Setidaknya dipertimbangkan.":
                actions.hide(
                    thing=comment, by=officer, rule=Rule.SUBJECT, reason="Diulang berkali-kali di utas lain."
                )
            if text == "Ini malah rawan.":
                actions.report_abuse(thing=comment, by=author, rule=Rule.RESPECT, note="Menyindir saya.")

    def _decide(self, proposal: Proposal, idea: Idea, author: User, officer: User) -> Story:
        steps, taken_up = STEPS.get(idea.fate, ()), clock.now()
        for verb in steps:
            yield self._day(clock.now() + timedelta(days=self.chance.uniform(0.02, 0.12) * idea.days), 9, 15)
            text = idea.answer if verb == steps[-1] else EARLIER[verb]
            program = self.programs.get(idea.referred) if verb == "refer" else None
            actions.answer(proposal=proposal, verb=verb, by=officer, text=text, program=program)
            if verb in ("accept", "refer"):
                taken_up = clock.now()
        if idea.linked:
            yield max(clock.now(), self.until - timedelta(days=2))
            self._link(proposal, idea, officer, taken_up)
        if idea.fate == "closed":
            yield clock.now() + timedelta(days=90)
            actions.close(
                proposal=proposal, by=officer, reason="Keadaannya sudah berubah dan tidak dibutuhkan lagi."
            )
        elif idea.fate == "withdrawn":
            yield clock.now() + timedelta(days=20)
            actions.withdraw(proposal=proposal, by=author)
        elif idea.fate == "appealed":
            yield clock.now() + timedelta(days=3)
            actions.hide(thing=proposal, by=officer, rule=Rule.CLAIM, reason=idea.answer)
            yield clock.now() + timedelta(days=2)
            actions.appeal(
                thing=proposal, by=author, text="Saya hanya ingin pembagian tempatnya adil, bukan menuduh."
            )

    def _link(self, proposal: Proposal, idea: Idea, officer: User, since: datetime) -> None:
        """Needs of that program and place, published since, that received most: so that there is something to follow."""
        code = idea.region if idea.region != PROVINCE else SOUTH
        needs = (
            Need.objects.public()
            .within(code)
            .filter(program=idea.referred or idea.program, published_at__gte=since)
        )
        for need in needs.order_by("-verified", "-received", "pk")[: idea.linked]:
            actions.link(proposal=proposal, need=need, by=officer)
