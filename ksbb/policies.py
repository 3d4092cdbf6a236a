"""What browsers are told that pages here may load, and may use of a device."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}


def policy_with_images_from(hosts: list[str]) -> dict[str, dict[str, list[str]]]:
    """The policy, with pictures from these hosts, too."""
    directives = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {"DIRECTIVES": {**directives, "img-src": [*directives["img-src"], *hosts]}}


# Where one is and what one photographs, for reports of arrivals and the map; nothing else, and no other site's frame.
USED = ("camera", "geolocation")
UNUSED = (
    "accelerometer", "autoplay", "display-capture", "encrypted-media", "fullscreen", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join([*(f"{name}=(self)" for name in USED), *(f"{name}=()" for name in UNUSED)])
