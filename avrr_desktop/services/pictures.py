"""Signatures and scans as they are handed in: of which kind, and whether they may be kept."""

from __future__ import annotations

from avrr_desktop.domain.failures import BadValue

SIGNATURE_LIMIT = 20 * 1024 * 1024
"""Bytes of a signature or a scan; a page at 300 dpi is under 10 MB."""
IMAGE_HEADS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}


def check_signature(picture: bytes, *, entity: str, field: str) -> str:
    """
    Return the media type of a signature or scan, told by its first bytes.

    Args:
        entity, field: Where it shall stand.

    Raises:
        BadValue: "signature.no_picture", "signature.not_a_picture", "signature.too_large".
    """
    if not picture:
        raise BadValue("signature.no_picture", entity=entity, field=field, why="missing")
    media_type = next((kind for head, kind in IMAGE_HEADS.items() if picture.startswith(head)), None)
    if media_type is None:
        raise BadValue("signature.not_a_picture", entity=entity, field=field, why="format")
    if len(picture) > SIGNATURE_LIMIT:
        raise BadValue("signature.too_large", entity=entity, field=field, why="size")
    return media_type
