"""Files as Unix `compress` writes them, for machines that have no such program."""

CLEAR = 256  # the code that begins a new dictionary
CHUNK = 199  # bytes; with CLEAR, whole groups of 8 codes, and the codes stay at 9 bits


def pack_z(content: bytes) -> bytes:
    """Return `content` as a .Z whose 9-bit codes each stand for one byte."""
    packed = bytearray(b"\x1f\x9d\x90")
    for start in range(0, len(content), CHUNK):
        codes = [*content[start : start + CHUNK], CLEAR]
        bits = sum(code << 9 * place for place, code in enumerate(codes))
        packed += bits.to_bytes(-(-9 * len(codes) // 8), "little")
    return bytes(packed)
