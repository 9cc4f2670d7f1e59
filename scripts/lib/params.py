"""The chain's parameters and measured weights, read from the Rust sources: nothing is written twice."""
import re
from math import prod
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
UNIT = 10**12
# frame_support's ParityDbWeight (the runtime's DbWeight) and ExtrinsicBaseWeight, in picoseconds.
READ, WRITE, BASE = 8_000_000, 50_000_000, 108_157_000


def defaults(pallet):
    """`impl Default for Parameters` of a pallet: name to number, amounts in base units."""
    for file in sorted((ROOT / "pallets" / pallet / "src").rglob("*.rs")):
        found = re.search(r"impl Default for Parameters \{.*?Self \{\n(.*?)\n\t\t\}", file.read_text(), re.S)
        if found:
            break
    else:
        raise SystemExit(f"no default parameters under pallets/{pallet}/src; has the file moved?")
    names = {"UNIT": UNIT, "MILLI": UNIT // 1_000}
    values = {}
    for name, code in re.findall(r"^\t\t\t(\w+): ([\w* ]+),$", found[1], re.M):
        parts = [str(names.get(part, part.replace("_", ""))) for part in code.split(" * ")]
        # Constants with other names are left out: whoever needs one reads it with `constant`.
        if all(part.isdigit() for part in parts):
            values[name] = prod(map(int, parts))
    return values


def constant(path, name):
    """A whole number that a Rust file gives a name."""
    found = re.search(rf"\b{name}(?:: \w+)? = (?:ConstU32<)?([\d_]+)", (ROOT / path).read_text())
    if not found:
        raise SystemExit(f"no constant {name} in {path}; has it moved?")
    return int(found[1])


def transfer():
    """Picoseconds of the measuring machine's own transfer_keep_alive, database included."""
    found = re.search(r"`transfer_keep_alive` = ([\d.]+) µs", (ROOT / "docs" / "WEIGHTS.md").read_text())
    return float(found[1]) * 1e6


class Weights:
    """The measured weights of a pallet."""

    def __init__(self, pallet):
        text = (ROOT / "pallets" / pallet / "src" / "weights.rs").read_text()
        body = text.split("pub struct SubstrateWeight", 1)[1].split("/// For mocks.", 1)[0]
        self.code = {}
        for name, code in re.findall(r"fn (\w+)\([^)]*\) -> Weight \{(.*?)\n\t\}", body, re.S):
            self.code[name] = re.sub(r"//[^\n]*|\s|_u64|_", "", code)

    def parts(self, name, **at):
        """Picoseconds of computing, reads and writes with these components."""
        code = self.code[name]
        time = int(re.search(r"Weight::fromparts\((\d+),0\)", code)[1])
        time += sum(int(slope) * at[c] for slope, c in re.findall(r"fromparts\((\d+),0\)\.saturatingmul\((\w+)\.into", code))
        counts = []
        for kind in ("reads", "writes"):
            count = sum(map(int, re.findall(rf"\.{kind}\((\d+)\)", code)))
            count += sum(int(slope) * at[c] for slope, c in re.findall(rf"\.{kind}\((\d+)\.saturatingmul\((\w+)\.into", code))
            count += sum(at[c] for c in re.findall(rf"\.{kind}\((\w+)\.into", code))
            counts.append(count)
        return time, *counts

    def whole(self, name, **at):
        """Picoseconds with the database."""
        time, reads, writes = self.parts(name, **at)
        return time + reads * READ + writes * WRITE
