from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions.appointments import Post, appoint
from accounts.errors import Refused
from accounts.models import User
from accounts.roles import Role
from regions.models import Region


class Command(BaseCommand):
    """`manage.py create_administrator EMAIL --name "…" --region 31`: asks for the password, twice."""

    help = "Make the first administrator of a fresh installation, or give somebody known the role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="needed for somebody new")
        parser.add_argument(
            "--region", default="", help="code of a province or city (default: the one province)"
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input, not the terminal",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.") from error
        region = _region(options["region"])
        with transaction.atomic():
            user = User.objects.filter(email=email).first() or self._make(email, options)
            try:
                appoint(user=user, post=Post(Role.ADMINISTRATOR, region), by=None)
            except Refused as error:
                raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.name} <{email}> is administrator of {region.official_name}.")

    def _make(self, email: str, options: dict[str, Any]) -> User:
        name = " ".join(options["name"].split())
        if not name:
            raise CommandError('Say the name of somebody new: --name "…".')
        password = input() if options["password_stdin"] else _ask()
        try:
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user = User.objects.create_user(email=email, password=password, name=name)
        # Whoever runs this command answers for the address; a fresh installation may not send mail yet.
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user


def _region(code: str) -> Region:
    if code:
        region = Region.objects.filter(pk=code).first()
        if region is None:
            raise CommandError(f"There is no region {code}: load the tree first (manage.py load_regions).")
        return region
    provinces = list(Region.objects.current().filter(level="province")[:2])
    if len(provinces) != 1:
        raise CommandError("Say which region: --region CODE. The tree is loaded with manage.py load_regions.")
    return provinces[0]


def _ask() -> str:
    password = getpass("Password: ")
    if password != getpass("Password again: "):
        raise CommandError("The two passwords differ.")
    return password
