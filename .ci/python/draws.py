"""Emulsion's draws, written again in plain Python from the design: the vectors in GoldenDrawsTest come from here.

Run it to print them: python3 .ci/python/draws.py
"""

import math

MASK = (1 << 64) - 1


def rotated(x, bits):
    return ((x << bits) | (x >> (64 - bits))) & MASK


def murmur3_x64_128(data):
    """Austin Appleby's MurmurHash3_x64_128 with seed 0: two unsigned 64-bit numbers."""
    c1, c2 = 0x87C37B91114253D5, 0x4CF5AD432745937F

    def mixed_1(k):
        return rotated(k * c1 & MASK, 31) * c2 & MASK

    def mixed_2(k):
        return rotated(k * c2 & MASK, 33) * c1 & MASK

    def finished(k):
        k = (k ^ k >> 33) * 0xFF51AFD7ED558CCD & MASK
        k = (k ^ k >> 33) * 0xC4CEB9FE1A85EC53 & MASK
        return k ^ k >> 33

    h1 = h2 = 0
    whole = len(data) - len(data) % 16
    for at in range(0, whole, 16):
        h1 ^= mixed_1(int.from_bytes(data[at : at + 8], "little"))
        h1 = (rotated(h1, 27) + h2) * 5 + 0x52DCE729 & MASK
        h2 ^= mixed_2(int.from_bytes(data[at + 8 : at + 16], "little"))
        h2 = (rotated(h2, 31) + h1) * 5 + 0x38495AB5 & MASK
    h1 ^= mixed_1(int.from_bytes(data[whole : whole + 8], "little"))
    h2 ^= mixed_2(int.from_bytes(data[whole + 8 :], "little"))
    h1 ^= len(data)
    h2 ^= len(data)
    h1 = h1 + h2 & MASK
    h2 = h2 + h1 & MASK
    h1, h2 = finished(h1), finished(h2)
    h1 = h1 + h2 & MASK
    return h1, h2 + h1 & MASK


def key(seed, purpose, view_or_pass, image_id):
    layout = (seed & MASK).to_bytes(8, "big") + purpose.encode("ascii") + b"\0" + view_or_pass.to_bytes(4, "big")
    return murmur3_x64_128(layout + image_id.encode("utf-8"))


class Random:
    """xoroshiro128++ (Blackman and Vigna) from a key, with the normal deviates of Commons Math 3."""

    def __init__(self, seeds):
        self.s0, self.s1 = seeds
        self.spare = None

    def next_long(self):
        result = (rotated(self.s0 + self.s1 & MASK, 17) + self.s0) & MASK
        t = self.s1 ^ self.s0
        self.s0 = rotated(self.s0, 49) ^ t ^ (t << 21 & MASK)
        self.s1 = rotated(t, 28)
        return result

    def next_double(self):
        return (self.next_long() >> 11) * 2.0**-53

    def next_gaussian(self):
        if self.spare is not None:
            result, self.spare = self.spare, None
            return result
        s = 1.0
        while s >= 1:
            v1 = 2 * self.next_double() - 1
            v2 = 2 * self.next_double() - 1
            s = v1 * v1 + v2 * v2
        factor = math.sqrt(-2 * math.log(s) / s) if s != 0 else 0
        self.spare = v2 * factor
        return v1 * factor


def log_gamma_draw(random, alpha):
    """Marsaglia and Tsang (2000) at alpha + 1, then their boost, in logarithms."""
    d = alpha + 1 - 1 / 3
    c = 1 / (3 * math.sqrt(d))
    while True:
        x = random.next_gaussian()
        v = (1 + c * x) ** 3
        if v > 0:
            u = random.next_double()
            if u < 1 - 0.0331 * x**4 or math.log(u) < x * x / 2 + d * (1 - v + math.log(v)):
                break
    return math.log(d * v) + math.log(1 - random.next_double()) / alpha


def lambda_weight(seed, view, image_id, alpha):
    """Lambda in 65536ths, rounded half to even as Python's round does."""
    random = Random(key(seed, "lambda", view, image_id))
    own = log_gamma_draw(random, alpha)
    other = log_gamma_draw(random, alpha)
    return round(65536 / (1 + math.exp(min(other - own, 700))))


def ring(seed, view, ids):
    return sorted(ids, key=lambda i: (key(seed, "ring", view, i)[0], i.encode("utf-8")))


CASES = [
    (0, 0, "cat/1.jpg"),
    (0, 1, "cat/1.jpg"),
    (1, 0, "cat/1.jpg"),
    (-1, 3, "dog/deep/er/2.JPEG"),
    (42, 998, "é/日本 \U0001F600.png"),
    (-(2**63), 0, "a"),
    (2**63 - 1, 7, ""),
]


def main():
    for seed, view, image_id in CASES:
        for purpose in ("rank", "ring", "lambda"):
            first, second = key(seed, purpose, view, image_id)
            print(f"key {seed} {purpose} {view} {image_id!r}: {first:016x}{second:016x}")
    random = Random(key(0, "lambda", 0, "cat/1.jpg"))
    print("doubles", [random.next_double().hex() for _ in range(5)])
    random = Random(key(0, "lambda", 0, "cat/1.jpg"))
    print("gaussians", [random.next_gaussian() for _ in range(4)])
    for alpha in (0.001, 0.2, 1.0, 2.0, 8.0, 1000.0):
        print(f"lambda {alpha}:", ", ".join(str(lambda_weight(0, view, f"cat/{i}.jpg", alpha)) for view in (0, 1) for i in range(6)))
    ids = [f"cat/{i}.jpg" for i in range(12)]
    for seed, view in ((0, 0), (0, 1), (7, 0)):
        print(f"ring {seed} {view}:", " ".join(str(ids.index(i)) for i in ring(seed, view, ids)))
    ranks = {i: key(0, "rank", 0, i)[0] for i in ids}
    print("rank order:", " ".join(str(ids.index(i)) for i in sorted(ids, key=ranks.get)))
    for shards in (1, 3, 313, 1_000_000):
        print(f"shard of {shards}:", ", ".join(str((ranks[i] >> 32) * shards >> 32) for i in ids))


if __name__ == "__main__":
    main()
