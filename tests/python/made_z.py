"""Files as Unix `compress` writes them, for machines that have no such program."""

MOST_BITS = 16


def pack_z(content: bytes) -> bytes:
    """Return `content` as a .Z: LZW codes of 9 to 16 bits, low bits first, padded where they grow longer."""
    packed = bytearray([0x1F, 0x9D, 0x80 | MOST_BITS])
    codes = {bytes([byte]): byte for byte in range(256)}
    bits, added, group, buffer = 9, 257, 0, 0

    def emit(code: int) -> None:
        nonlocal buffer, group
        buffer |= code << (group * bits)
        group += 1

    def flush(is_last: bool = False) -> None:
        nonlocal buffer, group
        full = bits if group else 0  # bytes of a group of 8 codes
        length = -(-group * bits // 8) if is_last else full
        packed.extend(buffer.to_bytes(length, "little"))
        buffer = group = 0

    known = b""
    for byte in content:
        longer = known + bytes([byte])
        if longer in codes:
            known = longer
            continue
        emit(codes[known])
        if added < 1 << MOST_BITS:
            codes[longer] = added
        added += 1
        if added > 1 << bits and bits < MOST_BITS:
            flush()
            bits += 1
        elif group == 8:
            flush()
        known = bytes([byte])
    if known:
        emit(codes[known])
    flush(is_last=True)
    return bytes(packed)
