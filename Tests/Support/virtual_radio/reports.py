"""What a controller tells its host of an advertisement, byte by byte.

Source: Bluetooth Core Specification 5.4, volume 4, part E, sections 7.7.65.2 (legacy) and 7.7.65.13 (extended).
"""

import struct
from dataclasses import dataclass, replace

LEGACY_REPORT, EXTENDED_REPORT = 0x02, 0x0D
# An event holds 255 bytes; what stands before the data takes 26 of them.
LONGEST_PIECE = 229


@dataclass(frozen=True)
class Advertisement:
    address: str
    data: bytes
    is_random: bool = True
    is_connectable: bool = False
    is_extended: bool = False
    is_scan_response: bool = False
    rssi: int = -60
    # The length of the data that the report claims, where it lies.
    claimed: int | None = None
    # What the device answers to a host that asks.
    response: bytes | None = None

    @property
    def answer(self):
        return None if self.response is None else replace(self, data=self.response, is_scan_response=True)

    @property
    def address_bytes(self):
        return bytes.fromhex(self.address.replace(":", ""))[::-1]


def event(code, parameters):
    return bytes([0x04, code, len(parameters)]) + parameters


def legacy_report(told):
    kind = 4 if told.is_scan_response else 0 if told.is_connectable else 2 if told.response is not None else 3
    length = len(told.data) if told.claimed is None else told.claimed
    head = bytes([LEGACY_REPORT, 1, kind, told.is_random]) + told.address_bytes + bytes([length])
    return event(0x3E, head + told.data + struct.pack("b", told.rssi))


def extended_reports(told):
    """One report for a legacy advertisement, as many as are needed for an extended one."""
    is_scannable = told.response is not None or (told.is_connectable and not told.is_extended)
    kind = told.is_connectable | is_scannable << 1 | told.is_scan_response << 3 | (not told.is_extended) << 4
    # 0: none, where the advertisement is legacy; 1: LE 1M. No set: 0xFF.
    secondary, advertising_set = (1, 0) if told.is_extended else (0, 0xFF)
    pieces = [told.data[at:at + LONGEST_PIECE] for at in range(0, len(told.data), LONGEST_PIECE)] or [b""]
    for number, piece in enumerate(pieces, 1):
        incomplete = (number < len(pieces)) << 5
        length = len(piece) if told.claimed is None else told.claimed
        yield event(0x3E, bytes([EXTENDED_REPORT, 1]) + struct.pack(
            "<HB6sBBBbbHB6sB", kind | incomplete, told.is_random, told.address_bytes, 1, secondary, advertising_set, 0x7F, told.rssi,
            0, 0, bytes(6), length) + piece)
