"""docs/WEIGHTS.md from the files that scripts/weights made: each call's time in own transfer_keep_alive.

    weights-table.py BALANCES.rs PALLET.rs ...   (as the template wrote them, before rustfmt)
"""
import re
import sys
from pathlib import Path

# frame_support's ParityDbWeight, the runtime's DbWeight, in picoseconds.
READ, WRITE = 8_000_000, 50_000_000


def functions(file):
    """(name, picoseconds at the largest components, reads, writes) of each function."""
    text = Path(file).read_text()
    trait, rest = text.split("pub struct SubstrateWeight", 1)
    body = rest.split("/// For mocks.", 1)[0]
    largest = {}
    for name, ranges in re.findall(r"/// `(\w+)`(.*)\.\n\s*fn \1\(", trait):
        largest[name] = {c: int(most) for c, most in re.findall(r"`(\w+)` in \d+\.\.=(\d+)", ranges)}
    for name, code in re.findall(r"fn (\w+)\([^)]*\) -> Weight \{(.*?)\n\t\}", body, re.S):
        code = code.replace("_u64", "").replace("_", "")
        at = {c.replace("_", ""): most for c, most in largest[name].items()}
        time = int(re.search(r"Weight::fromparts\((\d+), 0\)", code)[1])
        time += sum(int(slope) * at[c] for slope, c in re.findall(r"fromparts\((\d+), 0\)\.saturatingmul\((\w+)\.into", code))
        counts = []
        for kind in ("reads", "writes"):
            count = sum(map(int, re.findall(rf"\.{kind}\((\d+)\)", code)))
            count += sum(int(slope) * at[c] for slope, c in re.findall(rf"\.{kind}\((\d+)\.saturatingmul\((\w+)\.into", code))
            counts.append(count)
        yield name, time, *counts


def whole(time, reads, writes):
    return time + reads * READ + writes * WRITE


yardstick, *pallets = sys.argv[1:]
(unit,) = [whole(*rest) for name, *rest in functions(yardstick) if name == "transfer_keep_alive"]
head = Path(yardstick).read_text().splitlines()
machine = [line.removeprefix("//! ") for line in head if line.startswith("//! - ") and not line.startswith("//! - `")]

print("# Weights\n")
print("What each call weighs at its largest, in this machine's own `balances.transfer_keep_alive`, database included")
print("(8 µs a read, 50 µs a write: ParityDB). Written by `scripts/weights`.\n")
print("Calls of leases that move funds are measured in TCT and in an asset. An opening weighs what its own money does; a call that")
print("names a lease is charged the larger, and `cancel`, `top_up`, `extend`, `withdraw` and `close` give back what their lease's money did not take.")
print("What is rare and pays nobody is measured in an asset, in which it takes more.\n")
print("\n".join(machine))
print(f"\n`transfer_keep_alive` = {unit / 1e6:.1f} µs.\n")
print("| pallet | function | µs without database | reads | writes | transfers |")
print("|---|---|---:|---:|---:|---:|")
for file in pallets:
    for name, time, reads, writes in functions(file):
        print(f"| {Path(file).stem} | `{name}` | {time / 1e6:.1f} | {reads} | {writes} | {whole(time, reads, writes) / unit:.2f} |")
