"""Fifty officials hand in a report at once, each as a phone sends it: photos one by one, then step by step."""

import http.client
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from donations.deliveries.models import Delivery
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.strokes import WIDE
from ksbb.bench.pages import served
from ksbb.bench.pledging import CSRF, published_needs, session_of
from ksbb.bench.reports import say
from ksbb.bench.uploads import BOUNDARY, PHOTOS, REPORTS, encoded, officials, scene, watched
from regions.benchmarks import Measurement, benchmark

# A phone gives a step up after so long, and sends it again later.
PATIENCE = 20.0
# What a phone makes of a photo.
SMALL, QUALITY = (1600, 1200), 20


@benchmark("reports_at_once", unit="s", at_most=1.0)
def reports_at_once() -> Measurement:
    """The longest that anybody waits for an answer while fifty reports of six photos are handed in at once.

    Each official begins with the first photo at the delivery's address, as a phone does that wrote without signal, and
    goes on as soon as the last answer came: six photos, counts, recipients, parties, place, a drawn signature, handing
    in. Prints the seconds for all of it, the errors, and what the server's processes held beyond idle. Fails for any
    answer but the way on, for a photo that is not there, and for numbers with a gap or a double. The baseline is a
    phone's patience.
    """
    photo = encoded(scene(SMALL), "JPEG", quality=QUALITY)
    phones = [Phone(user, delivery, photo) for user, delivery in officials(published_needs())]
    with served("/id/kebutuhan/") as port, watched() as memory, ThreadPoolExecutor(REPORTS) as pool:
        memory.look()
        idle, begun, start = memory.now, time.perf_counter(), Barrier(REPORTS)
        waits = sorted(wait for own in pool.map(lambda one: one.hand_in(port, start), phones) for wait in own)
        seconds = time.perf_counter() - begun
        most = memory.most
    errors = Counter(error for phone in phones for error in phone.errors)
    median = waits[len(waits) // 2]
    say(f"{REPORTS} reports of {PHOTOS} photos ({len(photo):,} bytes each) in {seconds:.1f} s")
    say(f"{sum(errors.values())} errors among {len(waits)} answers; half of them within {median:.2f} s")
    say(f"{(most - idle) / 1024**2:.0f} MB beyond idle ({idle / 1024**2:.0f} MB), decoders included")
    _check(errors)
    return Measurement(ours=waits[-1], baseline=PATIENCE)


def _check(errors: Counter[str]) -> None:
    numbers = sorted(
        int(str(report.number).partition("/")[0]) for report in Handover.objects.filter(state="submitted")
    )
    photos = HandoverPhoto.objects.count()
    if errors or numbers != list(range(1, REPORTS + 1)) or photos != REPORTS * PHOTOS:
        raise AssertionError(f"{photos} photos, numbers {numbers}, errors {dict(errors)}")


class Phone:
    """One official's phone with a whole report on it."""

    def __init__(self, user: User, delivery: Delivery, photo: bytes) -> None:
        self.key, self.photo, self.errors = str(uuid.uuid4()), photo, list[str]()
        cookies = {settings.SESSION_COOKIE_NAME: session_of(user), settings.CSRF_COOKIE_NAME: CSRF}
        self.head = {
            "Host": "localhost",
            "Accept": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        with override("id"):
            self.base = reverse("report_start", args=[delivery.pk])
        now = timezone.localtime()
        line = f"line_{delivery.lines.get().pk}"
        self.steps: dict[str, dict[str, object]] = {
            "foto": {},
            "jumlah": {f"{line}_good": 9, f"{line}_damaged": 1, f"{line}_why": "weather"},
            "keluarga": {"families": 9},
            "saksi": {"receiver_name": "Ani", "receiver_position": "Ketua RW", "witness_name": "Budi"},
            "tempat": {"place": "Balai warga", "day": now.date(), "time": f"{now:%H:%M}"},
            "tanda-tangan": {"how": "drawn", "receiver": f"[[0,0,{WIDE},200,0,300]]"},
            "periksa": {"agreed": "on"},
        }

    def hand_in(self, port: int, start: Barrier) -> list[float]:
        """All of it; how long each answer took."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
        start.wait()
        waits = [self._send(connection, "foto", *self._form(number)) for number in range(PHOTOS)]
        for step, fields in self.steps.items():
            body = urlencode({**fields, "_kunci": self.key, "csrfmiddlewaretoken": CSRF}).encode()
            waits.append(self._send(connection, step, body, "application/x-www-form-urlencoded"))
        connection.close()
        return waits

    def _send(self, connection: http.client.HTTPConnection, step: str, body: bytes, kind: str) -> float:
        asked = time.perf_counter()
        try:
            connection.request("POST", f"{self.base}{step}/", body, {**self.head, "Content-Type": kind})
            answer = connection.getresponse()
            told = answer.read()
            if answer.status != 200:
                self.errors.append(f"{step}: {answer.status} {told[:200]!r}")
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{step}: {error!r}")
            connection.close()
        return time.perf_counter() - asked

    def _form(self, number: int) -> tuple[bytes, str]:
        """A photo by itself, as a phone sends it; no two alike."""
        comment = f"{self.key} {number}".encode()
        photo = b"".join(
            [self.photo[:2], b"\xff\xfe", (len(comment) + 2).to_bytes(2), comment, self.photo[2:]]
        )
        fields = {"csrfmiddlewaretoken": CSRF, "_kunci": self.key, "_satu": "1"}
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="{number}.jpg"\r\n\r\n'
        )
        body = b"".join([*parts, head.encode(), photo, f"\r\n--{BOUNDARY}--\r\n".encode()])
        return body, f"multipart/form-data; boundary={BOUNDARY}"
