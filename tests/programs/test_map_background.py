"""A background of tiles from one other host: shown under the map, with its credit; no other host gets a request."""

import io
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PIL import Image
from playwright.sync_api import Browser, expect

from ksbb.policies import policy_with_images_from
from ksbb.tile_sources import tile_sources
from regions.codes import Level
from regions.models import Boundary
from regions.outlines import draw_layer
from tests.chain.processes import wait_until
from tests.factories import make_need

pytestmark = pytest.mark.django_db(transaction=True)
CREDIT = "© Dinas Peta Contoh"
FOREIGN_PICTURE = """(address) => new Promise((tell) => {
  document.addEventListener('securitypolicyviolation', (event) => tell(event.violatedDirective));
  const picture = new Image();
  picture.onload = () => tell('loaded');
  picture.src = address;
})"""


class TileServer(ThreadingHTTPServer):
    """Gives a green square for every tile, over TLS, and remembers what it was asked for."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), TileAnswer)
        self.asked: list[str] = []
        square = io.BytesIO()
        Image.new("RGB", (256, 256), (60, 140, 60)).save(square, "PNG")
        self.square = square.getvalue()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.server_port}"


class TileAnswer(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(self.server.square)))
        self.end_headers()
        self.wfile.write(self.server.square)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "localhost.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def two_hosts(certificate: Path) -> Iterator[tuple[TileServer, TileServer]]:
    servers = TileServer(certificate), TileServer(certificate)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


def test_tiles_of_the_one_host_lie_under_the_map(browser: Browser, live_server, settings, two_hosts) -> None:
    ours, other = two_hosts
    settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION = f"{ours.origin}/{{z}}/{{x}}/{{y}}.png", CREDIT
    sources = tile_sources(settings.MAP_TILES_URL, CREDIT)
    settings.CONTENT_SECURITY_POLICY = policy_with_images_from(sources)
    code = make_need(code="31.74.01.1001.001", target=300).region_id
    ring = [[106.8, -6.21], [106.81, -6.21], [106.81, -6.2], [106.8, -6.2], [106.8, -6.21]]
    for region in (code, "31.74"):
        Boundary.objects.create(
            region_id=region, geometry={"type": "MultiPolygon", "coordinates": [[ring]]}, min_lon=106.8,
            max_lon=106.81, min_lat=-6.21, max_lat=-6.2, source="contoh",
        )  # fmt: skip
    for level in (Level.RW, Level.CITY):
        draw_layer("31", level).save()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/id/peta/#12.5/-6.205/106.805")
    page.wait_for_function("() => performance.getEntriesByName('ksbb:drawn').length")
    expect(page.locator("#keterangan")).to_contain_text(f"Latar: {CREDIT}")
    expect(page.locator("#peta img.leaflet-tile-loaded").first).to_be_visible()
    # Tiles are of whole zooms: the nearest one to that of the map.
    wanted = ("/12/3263/2118.png", "/13/6526/4237.png")
    wait_until(lambda: any(path.startswith(wanted) for path in list(ours.asked)), why=lambda: str(ours.asked))
    page.wait_for_function(
        "() => document.querySelector('#peta img.leaflet-tile-loaded')?.naturalWidth === 256"
    )
    assert page.evaluate(FOREIGN_PICTURE, f"{other.origin}/0/0/0.png") == "img-src"
    assert other.asked == []
    context.close()
