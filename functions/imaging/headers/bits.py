"""Numbers of bits, as codecs write what they say of a picture."""

from functions.imaging.headers.tags import Malformed

MOST_ZEROS = 32


class Bits:
    def __init__(self, data: bytes | memoryview) -> None:
        self._data = data
        self._at = 0

    def read(self, count: int = 1) -> int:
        """Raises Malformed behind the end."""
        end = self._at + count
        if end > 8 * len(self._data):
            raise Malformed
        first, last = self._at // 8, (end + 7) // 8
        self._at = end
        return int.from_bytes(self._data[first:last]) >> (8 * last - end) & (1 << count) - 1

    def flag(self) -> bool:
        return self.read() == 1

    def golomb(self) -> int:
        """An Exp-Golomb number, without a sign: as many zeros as further bits. Raises Malformed."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > MOST_ZEROS:
                raise Malformed
        return (1 << zeros) - 1 + self.read(zeros)
