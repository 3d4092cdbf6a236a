"""What it takes to receive the photos of reports: memory for one upload, and fifty reports' at once."""

import http.client
import io
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from accounts import clock
from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from donations import handovers
from donations.deliveries.actions import dispatch, plan
from donations.deliveries.models import Delivery
from donations.handovers.actions import start
from donations.handovers.models import Handover, HandoverPhoto
from donations.pledges.actions import Promise, accept, submit
from ksbb.bench.pages import served
from ksbb.bench.pledging import CSRF, published_needs, session_of
from programs.models import Need
from regions.benchmarks import Measurement, benchmark

REPORTS, PHOTOS = 50, 6
MOST_MEGABYTES = 80.0
TWELVE_MEGAPIXELS = (4032, 3024)
HEIC = Path(handovers.__path__[0]) / "samples" / "twelve-megapixels.heic"
# Between two looks at the memory of the server's processes, in seconds.
LOOK = 0.004
BOUNDARY = "ksbb-a-line-that-no-picture-has-0123456789"


@dataclass(frozen=True)
class Sender:
    """An official with a session, and the report that they write."""

    report: Handover
    session: str
    path: str


@benchmark("report_upload_memory", unit="MB", at_most=1.0)
def report_upload_memory() -> Measurement:
    """What the server's processes hold at most beyond what they hold idle, while one upload is taken; at most 80 MB.

    Each through the real page of a server that is otherwise idle: six JPEG of twelve megapixels in one request, one HEIC
    of as many, a progressive JPEG, a PNG with transparency of the most that is taken, and one that claims more. What
    decoders in processes of their own take is counted with the rest. Then fifty reports send six photos each at once:
    fails for any answer but the way on, and for a photo that is not there.
    """
    senders = _senders(published_needs())
    with served("/id/kebutuhan/") as port:
        peaks = {name: _peak(port, senders[0], files) for name, files in _uploads().items()}
        senders[0].report.photos.all().delete()
        begun = time.perf_counter()
        body = _body(_jpegs())
        with ThreadPoolExecutor(REPORTS) as pool:
            answers = list(pool.map(lambda one: _post(port, one, body), senders))
        seconds = time.perf_counter() - begun
    kept = HandoverPhoto.objects.count()
    if set(answers) != {302} or kept != REPORTS * PHOTOS:
        raise AssertionError(
            f"{kept} photos after {seconds:.0f} s, answers {sorted(set(answers))}, peaks {peaks}"
        )
    return Measurement(ours=max(peaks.values()), baseline=MOST_MEGABYTES)


def _uploads() -> dict[str, list[tuple[str, bytes]]]:
    whole, size = scene(TWELVE_MEGAPIXELS), (3000, 3000)
    # Of few colours, so that the file is no larger than a photo may be.
    clear = scene(size).quantize(32).convert("RGBA")
    clear.putalpha(200)
    return {
        "six": _jpegs(),
        "heic": [("foto.heic", HEIC.read_bytes())],
        "progressive": [("p.jpg", encoded(whole, "JPEG", quality=85, progressive=True))],
        "png": [("p.png", encoded(clear, "PNG"))],
        "bomb": [("b.png", encoded(Image.new("1", (12_000, 12_000)), "PNG"))],
    }


def _jpegs() -> list[tuple[str, bytes]]:
    """Six photos as phones make them, no two alike."""
    whole = scene(TWELVE_MEGAPIXELS)
    found = []
    for number in range(PHOTOS):
        whole.putpixel((number, 0), (255, 0, number))
        found.append((f"{number}.jpg", encoded(whole, "JPEG", quality=88)))
    return found


def scene(size: tuple[int, int]) -> Image.Image:
    """Grain and edges that a photo has, so that it takes the bytes of one."""
    grain = Image.effect_noise((size[0] // 4, size[1] // 4), 60)
    return Image.merge("RGB", (grain, grain.rotate(90).resize(grain.size), grain)).resize(size)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _peak(port: int, sender: Sender, files: list[tuple[str, bytes]]) -> float:
    """Megabytes above idle while these are sent; whatever the answer is, there is one."""
    body = _body(files)
    # Once before, so that what is loaded at the first use counts as idle.
    first = _post(port, sender, _body([("kecil.jpg", encoded(Image.new("RGB", (64, 64), "teal"), "JPEG"))]))
    if first != 302:
        raise AssertionError(f"a small photo is answered with {first}")
    time.sleep(0.3)
    with watched() as memory:
        idle = memory.now
        if _post(port, sender, body) not in (302, 422):
            raise AssertionError("an upload got an error")
    return (memory.most - idle) / 1024**2


@dataclass
class Memory:
    """Bytes that the server's processes hold: now, and at most since somebody looks."""

    now: int = 0
    most: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        self.now = sum(map(_held, psutil.Process().children(recursive=True)))
        self.most = max(self.most, self.now)

    def watch(self) -> None:
        while not self.done.wait(LOOK):
            self.look()


def _held(process: psutil.Process) -> int:
    try:
        words = " ".join(process.cmdline())
        return process.memory_info().rss if "granian" in words or "decoder.py" in words else 0
    except psutil.Error:  # ended meanwhile
        return 0


@contextmanager
def watched() -> Iterator[Memory]:
    memory = Memory()
    memory.look()
    watcher = threading.Thread(target=memory.watch)
    watcher.start()
    try:
        yield memory
    finally:
        memory.done.set()
        watcher.join()


def _body(files: list[tuple[str, bytes]]) -> bytes:
    """A form with these photos, as browsers send it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'.encode()
    ]
    for name, content in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def _post(port: int, sender: Sender, body: bytes) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    cookies = f"{settings.SESSION_COOKIE_NAME}={sender.session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    head = {
        "Host": "localhost",
        "Cookie": cookies,
        "Content-Type": "multipart/form-data; boundary=" + BOUNDARY,
    }
    try:
        # A server that has seen enough answers before it has read everything.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", sender.path, body, head)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def officials(needs: list[Need]) -> list[tuple[User, Delivery]]:
    """An official of each need's RW, with what is on its way there."""
    giver = Organisation.objects.create(name="Pemberi", collaborator_kind="social", may_be_named=True)
    found = []
    for number, need in enumerate(needs[:REPORTS]):
        pledge = submit(collaborator=giver, by=None, promises=[Promise(quantity=10, need=need)])
        commitment = accept(commitment=pledge.commitments.get(), by=None)
        quantities = {allocation: allocation.free for allocation in commitment.allocations.all()}
        delivery = plan(executor=giver, quantities=quantities, planned_on=clock.today(), by=None)
        dispatch(delivery=delivery, by=None)
        user = User.objects.create(email=f"rw{number}@contoh.test", name=f"Pengurus {number}")
        Assignment.objects.create(
            user=user, role=Role.OFFICIAL, region=need.region, area_id=need.region_id, starts=clock.today()
        )
        found.append((user, delivery))
    return found


def _senders(needs: list[Need]) -> list[Sender]:
    found = []
    for user, delivery in officials(needs):
        report = start(delivery=delivery, by=user)
        with override("id"):
            path = reverse("report_step", args=[report.pk, "foto"])
        found.append(Sender(report, session_of(user), path))
    return found
