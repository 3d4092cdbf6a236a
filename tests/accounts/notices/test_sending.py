"""What goes out, when, and once: read from a real mail server and a real gateway."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts import clock
from accounts.models import NoticeMessage, NoticePreference, NoticeSending, User
from accounts.notices.actions import planning
from accounts.notices.actions.planning import plan
from accounts.notices.actions.sending import send_due, take
from accounts.notices.channels.whatsapp import chat_link
from accounts.notices.tasks import forget_notices, send_notices
from tests.accounts.notices.conftest import Tell
from tests.accounts.notices.sinks import Gateway, Mailbox
from tests.chain.processes import wait_until
from tests.databases import somebody_waits
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JAKARTA)


def run(moment: datetime) -> int:
    with clock.at(moment):
        return send_notices()


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_what_happens_in_ten_minutes_is_one_mail(mailbox: Mailbox, tell: Tell, person: User) -> None:
    for minute in (0, 4, 9):
        with clock.at(NOON + minutes(minute)):
            tell()
    assert run(NOON + minutes(9)) == 0
    assert run(NOON + minutes(10)) == 1
    assert run(NOON + minutes(30)) == 0
    (mail,) = mailbox.mails
    assert mail["To"] == person.email
    assert mail["From"] == "KSBB <kabar@ksbb.contoh.test>"
    assert mail["Subject"] == "KSBB: Usulan U-1 terbit, dan 2 kabar lain"
    assert all(f"Usulan U-{number} terbit" in text_of(mail) for number in (1, 2, 3))
    assert mail["Message-ID"] == f"<{NoticeMessage.objects.get().key}@ksbb.contoh.test>"


def test_mail_has_both_parts_and_ways_out(mailbox: Mailbox, tell: Tell) -> None:
    with clock.at(NOON):
        tell()
    run(NOON + minutes(10))
    (mail,) = mailbox.mails
    assert mail["Subject"] == "KSBB: Usulan U-1 terbit"
    assert "Halo Rina Contoh," in text_of(mail)
    assert "Baca <sekarang>." in text_of(mail)
    html = mail.get_body(("html",)).get_content()
    assert "Baca &lt;sekarang&gt;." in html
    assert '<a href="https://ksbb.contoh.test/id/kabar/' in html
    # Styles lie in the mail itself: most mail programs load nothing.
    assert "max-width:560px" in html
    assert not any(f"<{tag}" in html for tag in ("link", "img", "script"))
    stop = mail["List-Unsubscribe"].strip(" <>")
    assert stop.startswith("https://ksbb.contoh.test/id/kabar/berhenti/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in text_of(mail)


def test_long_mail_counts_what_it_does_not_tell(mailbox: Mailbox, tell: Tell) -> None:
    with clock.at(NOON):
        for _number in range(33):
            tell()
    run(NOON + minutes(10))
    (mail,) = mailbox.mails
    assert text_of(mail).count("terbit") == 30
    assert "dan 3 kabar lain: https://ksbb.contoh.test/id/kabar/" in text_of(mail)


def test_mail_is_in_the_language_of_its_reader(mailbox: Mailbox, tell: Tell, person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="en")
    with clock.at(NOON):
        tell("open")
    run(NOON + minutes(10))
    (mail,) = mailbox.mails
    assert "https://ksbb.contoh.test/en/usulan/1/" in text_of(mail), (
        "a page for everybody is linked to itself"
    )
    assert 'lang="en"' in mail.get_body(("html",)).get_content()


def test_urgent_goes_at_once_and_takes_the_others_along(mailbox: Mailbox, tell: Tell) -> None:
    with clock.at(NOON):
        tell()
        tell("urgent")
        assert send_notices() == 1
    assert mailbox.mails[0]["Subject"] == "KSBB: Segera U-2, dan 1 kabar lain"
    assert run(NOON + minutes(20)) == 0


def test_once_a_day_means_at_seven(mailbox: Mailbox, tell: Tell, person: User) -> None:
    NoticePreference.objects.create(person=person, pace="daily")
    with clock.at(NOON):
        tell()
        tell("urgent")
        assert send_notices() == 1, "what is urgent does not wait"
    assert run(NOON + timedelta(hours=18, minutes=59)) == 0
    assert run(NOON + timedelta(hours=19)) == 1
    assert [mail["Subject"] for mail in mailbox.mails] == ["KSBB: Segera U-2", "KSBB: Usulan U-1 terbit"]


def test_what_was_switched_off_is_not_sent_and_stays_in_the_platform(
    mailbox: Mailbox, tell: Tell, person: User
) -> None:
    NoticePreference.objects.create(person=person, email_off=["forum"])
    with clock.at(NOON):
        tell()
    assert run(NOON + minutes(10)) == 0
    assert person.notices.unread().count() == 1


def test_what_is_read_or_switched_off_meanwhile_is_not_sent(
    mailbox: Mailbox, tell: Tell, person: User
) -> None:
    other = UserFactory()
    with clock.at(NOON):
        notice = tell()
        tell(to=other)
        plan()
        notice.read_at = clock.now()
        notice.save()
    assert run(NOON + minutes(10)) == 0
    assert NoticeSending.objects.get().state == "skipped"
    with clock.at(NOON + minutes(20)):
        tell()
        plan()
        NoticePreference.objects.create(person=person, email_off=["forum"])
    assert run(NOON + minutes(40)) == 0


def test_address_that_is_not_proved_and_account_that_is_off_get_nothing(mailbox: Mailbox, tell: Tell) -> None:
    unproved, off = UserFactory(), UserFactory(is_active=False)
    with clock.at(NOON):
        tell(to=unproved)
        tell(to=off)
    assert run(NOON + minutes(10)) == 0


def test_old_news_is_not_sent(mailbox: Mailbox, tell: Tell) -> None:
    with clock.at(NOON):
        tell()
    assert run(NOON + timedelta(hours=49)) == 0


def test_what_is_old_is_forgotten(mailbox: Mailbox, tell: Tell) -> None:
    with clock.at(NOON):
        tell()
    run(NOON + minutes(10))
    with clock.at(NOON + timedelta(days=89)):
        assert forget_notices() == 0
    with clock.at(NOON + timedelta(days=91)):
        assert forget_notices() == 2, "the message, and that the notice went out in it"
        assert tell().person.notices.count() == 2
    with clock.at(NOON + timedelta(days=401)):
        assert forget_notices() == 1


def test_server_that_is_away_is_tried_again_later(mailbox: Mailbox, tell: Tell, settings, caplog) -> None:
    settings.EMAIL_PORT = 1
    with clock.at(NOON):
        tell()
    run(NOON + minutes(10))
    message = NoticeMessage.objects.get()
    assert (message.state, message.failures) == ("waiting", 1)
    settings.EMAIL_PORT = mailbox.port
    assert run(NOON + minutes(14)) == 0
    assert run(NOON + minutes(15)) == 1
    assert len(mailbox.mails) == 1
    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("sent", NOON + minutes(15))


def test_it_is_given_up_after_five_tries(mailbox: Mailbox, tell: Tell, caplog) -> None:
    mailbox.mood = "busy"
    with clock.at(NOON):
        tell()
    moment = NOON + minutes(10)
    for pause in (5, 30, 120, 480, 5000):
        run(moment)
        moment += minutes(pause)
    message = NoticeMessage.objects.get()
    assert (message.state, message.failures) == ("failed", 5)
    assert "451" in message.trouble


def test_address_that_the_server_refuses_is_given_up_at_once(mailbox: Mailbox, tell: Tell, caplog) -> None:
    mailbox.mood = "refuse"
    with clock.at(NOON):
        tell()
    run(NOON + minutes(10))
    assert NoticeMessage.objects.get().state == "failed"
    assert caplog.records[-1].levelno == logging.ERROR


def test_mail_of_which_nobody_knows_is_repeated_once_under_the_same_name(
    mailbox: Mailbox, tell: Tell, caplog
) -> None:
    mailbox.mood = "silent"
    with clock.at(NOON):
        tell()
    start = NOON + minutes(10)
    run(start)
    assert NoticeMessage.objects.get().state == "claimed"
    assert run(start + minutes(14)) == 0
    assert run(start + minutes(15)) == 1
    assert run(start + minutes(60)) == 0
    assert NoticeMessage.objects.get().state == "unsure"
    assert len(mailbox.mails) == 2
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert len({text_of(mail) for mail in mailbox.mails}) == 1


def test_worker_that_dies_before_sending_loses_nothing(mailbox: Mailbox, tell: Tell, person: User) -> None:
    with clock.at(NOON):
        tell()
        plan()
    with clock.at(NOON + minutes(10)):
        assert take(person.pk, "email") is not None
    assert run(NOON + minutes(20)) == 0
    assert run(NOON + minutes(25)) == 1
    assert NoticeMessage.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_send_each_mail_once(mailbox: Mailbox, tell: Tell, person: User) -> None:
    people = [person, *(UserFactory() for _number in range(3))]
    for one in people[1:]:
        one.emailaddress_set.create(email=one.email, verified=True, primary=True)
    for one in people * 3:
        tell(to=one, at=timezone.now() - minutes(11))
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            send_notices()
            send_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail["To"] for mail in mailbox.mails) == sorted(one.email for one in people)
    assert all(text_of(mail).count("terbit") == 3 for mail in mailbox.mails)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_sent_a_part_of_what_another_worker_is_planning(
    mailbox: Mailbox, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _notice in range(2):
        tell(at=timezone.now() - minutes(11))
    monkeypatch.setattr(planning, "AT_ONCE", 1)

    def work() -> None:
        try:
            send_notices()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert planning._plan_some() == 1
            other = pool.submit(work)
            wait_until(lambda: other.done() or somebody_waits())
        other.result()
    send_due()
    (mail,) = mailbox.mails
    assert text_of(mail).count("terbit") == 2


def test_whatsapp_asks_the_gateway_and_sleeps_at_night(
    gateway: Gateway, mailbox: Mailbox, tell: Tell
) -> None:
    official = UserFactory(email=None, phone="+6281234567890")
    NoticePreference.objects.create(person=official, whatsapp_on=["forum", "misconduct"])
    evening = NOON.replace(hour=20, minute=55)
    with clock.at(evening):
        tell(to=official)
    assert run(evening + minutes(10)) == 0, "21.05: everybody sleeps"
    with clock.at(evening + minutes(20)):
        tell("urgent", to=official)
        assert send_notices() == 0
    assert run(NOON.replace(hour=5, minute=59) + timedelta(days=1)) == 0
    assert run(NOON.replace(hour=6) + timedelta(days=1)) == 1
    (asked,) = gateway.asked
    assert asked["to"] == "+6281234567890"
    assert asked["token"] == "Bearer kunci"
    assert asked["id"] == asked["once"] == str(NoticeMessage.objects.get().key)
    assert "*Usulan U-1 terbit*" in asked["text"]
    assert "/id/akun/kabar/" in asked["text"]
    assert not mailbox.mails


@pytest.mark.parametrize(
    ("status", "state"),
    [(500, "waiting"), (429, "waiting"), (400, "failed"), (307, "failed"), (0, "claimed")],
)
def test_what_a_gateway_answers(gateway: Gateway, tell: Tell, status: int, state: str, caplog) -> None:
    official = UserFactory(email=None, phone="+6281234567890")
    NoticePreference.objects.create(person=official, whatsapp_on=["misconduct"])
    gateway.status = status
    with clock.at(NOON):
        tell("urgent", to=official)
        send_notices()
    assert NoticeMessage.objects.get().state == state
    assert len(gateway.asked) == 1


def test_nobody_gets_whatsapp_unasked(gateway: Gateway, tell: Tell) -> None:
    official = UserFactory(email=None, phone="+6281234567890")
    with clock.at(NOON):
        tell("urgent", to=official)
        assert send_notices() == 0


def test_files_stand_in_for_a_gateway(settings, tell: Tell, tmp_path) -> None:
    settings.WHATSAPP_URL = f"file://{tmp_path}/wa"
    official = UserFactory(email=None, phone="+6281234567890")
    NoticePreference.objects.create(person=official, whatsapp_on=["misconduct"])
    with clock.at(NOON):
        tell("urgent", to=official)
        send_notices()
    (written,) = (tmp_path / "wa").iterdir()
    assert written.read_text().startswith("To: +6281234567890\n\n*Segera U-1*")


def test_chat_link_needs_no_gateway() -> None:
    assert (
        chat_link("+6281234567890", "Halo & salam") == "https://wa.me/6281234567890?text=Halo%20%26%20salam"
    )


def test_number_of_queries_does_not_grow_with_people(
    mailbox: Mailbox, tell: Tell, django_assert_num_queries
) -> None:
    with clock.at(NOON):
        for number in range(1, 4):
            for _person in range(number):
                one = UserFactory()
                one.emailaddress_set.create(email=one.email, verified=True, primary=True)
                tell(to=one)
            with django_assert_num_queries(11):
                plan()
