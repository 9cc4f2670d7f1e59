"""Wrong versions ("mutants") of the code that moves funds, all in one test program; see scripts/mutants.

A mutant is one small change within one function. Two sources list them:

- `cargo mutants --list`: returned values, operators, match arms and guards, fields;
- OURS, below: this code computes with methods (`saturating_sub`, `min`, `mul_ceil`), and refuses with `ensure!`,
  which cargo-mutants leaves alone.

To compile once instead of once per mutant, each mutated body stands before the right one, behind a question:

    fn f() { if crate::__mutant(17) { return { MUTATED }; }  RIGHT }

and `MUTANT=17` answers it. The program runs once per mutant. A mutant is caught when a test fails.
"""

import argparse, bisect, collections, json, os, random, re, resource, shutil, signal, subprocess, sys, threading, time
from pathlib import Path

# A crate whose code is mutated, its folder, and the crates whose tests are asked.
CRATES = {
    "leases": ("pallet-leases", ["pallet-leases"]),
    "market": ("pallet-market", ["pallet-market"]),
    "models": ("pallet-models", ["pallet-models"]),
    "supply": ("pallet-supply", ["pallet-supply"]),
    "primitives": ("terminal-primitives", ["terminal-primitives", "pallet-leases", "pallet-market"]),
}

QUESTION = """
#[doc(hidden)]
#[allow(missing_docs)]
pub fn __mutant(number: u32) -> bool {
	extern crate std;
	static CHOSEN: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
	*CHOSEN.get_or_init(|| std::env::var("MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(0)) == number
}
"""

# What is found, and what stands there instead.
OURS = [
    (r"\bsaturating_add\(", "saturating_sub("),
    (r"\bsaturating_sub\(", "saturating_add("),
    (r"\bsaturating_mul\(", "saturating_add("),
    (r"\bchecked_add\(", "checked_sub("),
    (r"\bchecked_sub\(", "checked_add("),
    (r"\bchecked_mul\(", "checked_add("),
    (r"\bchecked_div\(", "checked_mul("),
    (r"\.min\(", ".max("),
    (r"\.max\(", ".min("),
    (r"\.mul_floor\(", ".mul_ceil("),
    (r"\.mul_ceil\(", ".mul_floor("),
    (r"\.left_from_one\(\)", ""),
    (r"\.is_some_and\(", ".is_none_or("),
    (r"\.is_none_or\(", ".is_some_and("),
    (r"\bRounding::Down\b", "Rounding::Up"),
    (r"\bRounding::Up\b", "Rounding::Down"),
    (r"\bPreservation::Protect\b", "Preservation::Expendable"),
    (r"\bPreservation::Preserve\b", "Preservation::Expendable"),
    (r"\bPreservation::Expendable\b", "Preservation::Preserve"),
    (r"\bFortitude::Polite\b", "Fortitude::Force"),
    (r"\bFortitude::Force\b", "Fortitude::Polite"),
    (r"\bPrecision::Exact\b", "Precision::BestEffort"),
    (r"\bRestriction::OnHold\b", "Restriction::Free"),
    (r"\bOk\((Order|Reservation)?Stage::\w+\)", "Err(IllegalStep)"),
    (r"\bErr\(IllegalStep\)", "Ok(stage)"),
]
# One of these becomes the next one that the file names.
KINDS = ["HoldReason", "BurnSource", "EarlyEnd", "Outcome", "Side", "Step"]
# A statement that begins so may be left out; one that says what a function is about may not.
LEFT_OUT = re.compile(r"(ensure!|Self::|T::|crate::|[A-Z]\w*::|\*?[a-z_][\w.]*\s*[-+]?=[^=]|[a-z_]\w*(\.\w+)*\.\w+\()")


def blank(text):
    """The same text with spaces for what is inside comments, strings and characters."""
    form = re.compile(r'//[^\n]*|/\*.*?\*/|b?"(?:\\.|[^"\\])*"|b?\'(?:\\.|[^\'\\])\'', re.S)
    return form.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def closing(code, at):
    """The place of the bracket that closes the one at `at`."""
    depth = 0
    for place in range(at, len(code)):
        if code[place] in "([{":
            depth += 1
        elif code[place] in ")]}":
            depth -= 1
            if depth == 0:
                return place
    raise ValueError("a bracket is not closed")


def until(code, at, end, stops):
    """The first of `stops` after `at` outside all brackets, or None where the brackets around `at` close first."""
    while at < end:
        if code[at] in stops:
            return at
        if code[at] in "([{":
            at = closing(code, at)
        elif code[at] in ")]}":
            return None
        at += 1
    return None


class Source:
    """One file: its functions, and the mutants in them."""

    def __init__(self, root, path):
        self.path = path
        self.text = (root / path).read_text()
        self.code = blank(self.text)
        self.lines = [0] + [found.end() for found in re.finditer("\n", self.text)]
        self.bodies = []
        for found in re.finditer(r"\bfn\s+(\w+)", self.code):
            at = until(self.code, found.end(), len(self.code), "{;")
            # What the test or benchmark build alone has is no promise of ours.
            if at is not None and self.code[at] == "{":
                self.bodies.append((at + 1, closing(self.code, at), found.group(1)))

    def place(self, position):
        return self.lines[position["line"] - 1] + position["column"] - 1

    def line(self, place):
        return bisect.bisect_right(self.lines, place)

    def body(self, begin, end):
        """The innermost function around a part of the text."""
        around = [body for body in self.bodies if body[0] <= begin and end <= body[1]]
        return max(around, default=None)

    def changes(self):
        """OURS: (begin, end, replacement)."""
        code = self.code
        for form, other in OURS:
            for found in re.finditer(form, code):
                yield found.start(), found.end(), other
        for kind in KINDS:
            found = [found for found in re.finditer(rf"\b{kind}::([A-Z]\w*)\b", code) if self.body(*found.span())]
            names = sorted({one.group(1) for one in found})
            for one in found if len(names) > 1 else []:
                other = names[(names.index(one.group(1)) + 1) % len(names)]
                yield one.start(), one.end(), f"{kind}::{other}"
        for found in re.finditer(r"(?<![\w.:])\d[\d_]*(?![\w.])", code):
            number = int(found.group().replace("_", ""))
            yield found.start(), found.end(), str(number + 1)
        for found in re.finditer(r"\bif\s+(?!let\b)", code):
            end = until(code, found.end(), len(code), "{")
            if end is not None:
                yield found.end(), end, "true "
                yield found.end(), end, "false "
        for begin, end, _ in self.bodies:
            for found in re.finditer(r"(?<=[;{}])\s*(?=\S)", code[begin - 1 : end]):
                at = begin - 1 + found.end()
                if LEFT_OUT.match(code, at):
                    stop = until(code, at, end, ";,")
                    if stop is not None and code[stop] == ";":
                        yield at, stop, ""


def listed(root, path):
    """What cargo-mutants lists: (begin, end, replacement)."""
    source = Source(root, path)
    said = subprocess.run(
        ["cargo", "mutants", "--list", "--json", "--dir", str(root), "--file", path],
        check=True, capture_output=True, text=True,
    ).stdout
    for one in json.loads(said):
        yield source.place(one["span"]["start"]), source.place(one["span"]["end"]), one["replacement"]


def short(text):
    return re.sub(r"\s+", " ", text).strip().replace("|", "¦").replace("`", "'") or "nothing"


def mutants(root, paths):
    """All mutants of these files, numbered from 1, in the order of the files' text."""
    found = []
    for path in paths:
        source = Source(root, path)
        seen, names = set(), collections.Counter()
        changes = [(*one, "cargo-mutants") for one in listed(root, path)] + [(*one, "ours") for one in source.changes()]
        for begin, end, other, origin in sorted(changes, key=lambda one: (one[0], one[1], one[2])):
            body = source.body(begin, end)
            before = source.text[begin:end]
            if body is None or before == other or (begin, end, other.strip()) in seen:
                continue
            seen.add((begin, end, other.strip()))
            whole = source.text[body[0] : body[1]].strip() == before.strip()
            what = "the body" if whole else short(before if len(before) < 90 else before[:80] + "…")
            name = f"{path.replace('pallets/', '').replace('src/', '')} {body[2]}: {what} → {short(other)}"
            names[name] += 1
            if names[name] > 1:
                name += f" ({names[name]})"
            found.append(dict(
                number=len(found) + 1, file=path, line=source.line(begin), name=name, origin=origin,
                begin=begin, end=end, other=other, body=body[:2],
            ))
    return found


def instrument(root, path, chosen):
    """Write the file with these mutants in it. Returns (first line, last line, number) of each."""
    source = Source(root, path)
    by_body = collections.defaultdict(list)
    for one in chosen:
        by_body[tuple(one["body"])].append(one)
    out, at, ranges, line = [], 0, [], 1

    def write(text):
        nonlocal line
        out.append(text)
        line += text.count("\n")

    for begin, end in sorted(by_body):
        # A function within a function: its mutants stand in the right version of the outer one.
        write(source.text[at:begin])
        at = begin
        for one in by_body[begin, end]:
            body = source.text[begin : one["begin"]] + one["other"] + source.text[one["end"] : end]
            first = line
            write(f"if crate::__mutant({one['number']}) {{ return {{ {body} }}; }}\n")
            ranges.append((first, line - 1, one["number"]))
    write(source.text[at:])
    (root / path).write_text("".join(out))
    return ranges


class Work:
    """A copy of the checkout in which the mutants are built and run."""

    def __init__(self, root, out, sequences):
        self.root, self.out, self.sequences = root, out, sequences
        # Where it is built, and the same with the right code: the checkout may change meanwhile.
        self.tree, self.right = out / "tree", out / "right"
        self.env = dict(os.environ, SKIP_WASM_BUILD="1", RUST_MIN_STACK=str(64 << 20), CARGO_TERM_COLOR="never")

    def copy(self):
        for folder in (self.tree, self.right):
            shutil.rmtree(folder, ignore_errors=True)
        names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=self.root, check=True, capture_output=True).stdout
        for name in names.decode().split("\0"):
            if name and (self.root / name).is_file():
                for folder in (self.tree, self.right):
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(self.root / name, folder / name)

    def build(self, package, tests, found):
        """Build the tests with all mutants that compile. Returns the programs, and the numbers of the others."""
        unviable = set()
        paths = sorted({one["file"] for one in found})
        lib = Path(paths[0]).parent / "lib.rs"
        for attempt in range(40):
            ranges = {}
            for path in paths:
                shutil.copyfile(self.right / path, self.tree / path)
                ranges[path] = instrument(self.tree, path, [one for one in found if one["file"] == path and one["number"] not in unviable])
            text = ((self.tree if str(lib) in paths else self.right) / lib).read_text()
            (self.tree / lib).write_text(text + QUESTION)
            command = ["cargo", "test", "--release", "--locked", "--lib", "--no-run", "--message-format=json", *[f"-p{one}" for one in tests]]
            said = subprocess.run(command, cwd=self.tree, env=self.env, capture_output=True, text=True)
            messages = [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]
            if said.returncode == 0:
                programs = {}
                for message in messages:
                    if message.get("executable") and message.get("profile", {}).get("test"):
                        # A copy: what is built meanwhile is not run.
                        name = message["target"]["name"].replace("_", "-")
                        programs[name] = str(shutil.copy2(message["executable"], self.out / f"{package}.{name}"))
                return [(one, programs[one]) for one in tests], unviable
            refused = set()
            for message in messages:
                if message.get("reason") == "compiler-message" and message["message"]["level"] == "error":
                    refused |= self.blamed(message["message"], ranges)
            print(f"    {package}: {len(refused)} do not compile", flush=True)
            if not refused:
                print(said.stderr[-3000:], *[m["message"]["rendered"] for m in messages if m.get("reason") == "compiler-message" and m["message"]["level"] == "error"][:5], file=sys.stderr)
                sys.exit(f"error: {package} does not compile\nremedy: build the tests without mutants: cargo test --no-run -p {package}")
            unviable |= refused
        sys.exit(f"error: {package} still does not compile\nremedy: leave out the mutants that are refused last")

    @staticmethod
    def blamed(message, ranges):
        """The mutants that an error of the compiler is in."""
        found = set()
        for span in message["spans"]:
            while span:
                for first, last, number in ranges.get(span["file_name"], []):
                    if span["is_primary"] and first <= span["line_start"] <= last:
                        found.add(number)
                span = (span.get("expansion") or {}).get("span")
        return found

    def run(self, programs, number, limits):
        """Run the tests with one mutant: 'caught', 'timeout' or 'survived', by which test, and the seconds."""
        began = time.time()
        for package, program in programs:
            for wanted in (["--skip", "sequences::"], ["sequences::"]):
                outcome, by = self.ask(package, program, wanted, number, limits.get((package, wanted[0])))
                if outcome != "survived":
                    return outcome, by, time.time() - began
        return "survived", "", time.time() - began

    def ask(self, package, program, wanted, number, limit):
        folder = self.tree / "pallets" / package.removeprefix("pallet-").removeprefix("terminal-")
        env = dict(self.env, MUTANT=str(number), SEQUENCES=str(self.sequences), SEQUENCES_SHRINK="0", PROPTEST_MAX_SHRINK_ITERS="0")

        def bound():
            # Seconds of the processor: what else the machine does is not the mutant's fault.
            if limit:
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        child = subprocess.Popen(
            [program, "--test-threads=1", *wanted], cwd=folder, env=env, preexec_fn=bound,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace",
        )
        watch = threading.Thread(target=self.watch, args=(child,), daemon=True)
        watch.start()
        last, failed = "", ""
        for line in child.stdout:
            # `test NAME ... ok`; what a test prints comes in between.
            if line.startswith("test ") and " ... " in line:
                last = line.split()[1]
            if line.rstrip().endswith("... FAILED") or line.strip() == "FAILED":
                failed = last
                child.kill()
                break
        child.stdout.close()
        code = child.wait()
        if failed:
            return "caught", failed
        if code == 0:
            return "survived", ""
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return "timeout", f"after {last}"
        return "caught", f"ended with {code} after {last}"


    @staticmethod
    def watch(child):
        """End what waits for ever without using the processor. What somebody else stopped is only late."""
        idle, before = 0, None
        while child.poll() is None and idle < 300:
            time.sleep(1)
            try:
                state, *rest = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                return
            used = rest[10:12]
            idle = idle + 1 if state == "S" and used == before else 0
            before = used
        child.kill()


def explained(root):
    """The survivors that docs/MUTATIONS.md explains: the names in its tables' first column."""
    document = root / "docs/MUTATIONS.md"
    text = document.read_text() if document.exists() else ""
    return set(re.findall(r"^\| `([^`]+ → [^`]+)` \|", text, re.M))


def report(results, known):
    """The table of docs/MUTATIONS.md, and the survivors. Returns how many of them nobody explained."""
    print("| file | mutants | compile | caught | of these by time | survived | killed |\n|---|---:|---:|---:|---:|---:|---:|")
    files = sorted({one["file"] for one in results})
    for path in [*files, None]:
        count = collections.Counter(one["outcome"] for one in results if path in (None, one["file"]))
        total = sum(count.values())
        viable = total - count["unviable"]
        killed = viable - count["survived"]
        share = f"{100 * killed / viable:.1f} %" if viable else "–"
        print(f"| {path or 'all'} | {total} | {viable} | {killed} | {count['timeout']} | {count['survived']} | {share} |")
    new = 0
    print()
    for one in results:
        if one["outcome"] == "survived":
            unknown = one["name"] not in known
            new += unknown
            print(f"{'survived ' if unknown else 'explained'} {one['file']}:{one['line']} | `{one['name']}`")
    return new


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutants")
    parser.add_argument("--root", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path, help="where the copy and the results lie, outside the checkout")
    parser.add_argument("--shard", default="0/1", help="K/N: every Nth mutant, beginning with number K from 0")
    parser.add_argument("--sequences", type=int, default=20, help="how many random sequences a mutant must survive")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many mutants run at a time")
    parser.add_argument("--minutes", type=float, default=1e6, help="so long per crate, without building; the rest is left out")
    parser.add_argument("--again", action="store_true", help="only what survived in the results that are there")
    parser.add_argument("--list", action="store_true", help="say which mutants there are, build nothing")
    parser.add_argument("files", nargs="+", help="pallets/NAME/src/FILE.rs")
    given = parser.parse_args()
    root, out = given.root.resolve(), given.out.resolve()
    share, shares = map(int, given.shard.split("/"))
    by_crate = collections.defaultdict(list)
    for path in given.files:
        by_crate[Path(path).parts[1]].append(path)
    out.mkdir(parents=True, exist_ok=True)
    work, results = Work(root, out, given.sequences), []
    kept = {}
    for crate, paths in by_crate.items():
        for old in paths:
            name = out / (old.replace("/", "_") + ".jsonl")
            kept[old] = [json.loads(line) for line in name.read_text().splitlines()] if name.exists() else []
    work.copy()
    for crate, paths in by_crate.items():
        package, tests = CRATES[crate]
        found = mutants(work.right, paths)
        # Always the same order, and each beginning of it a fair sample.
        random.Random(1).shuffle(found)
        found = found[share::shares]
        if given.again:
            survived = {one["name"] for path in paths for one in kept[path] if one["outcome"] == "survived"}
            found = [one for one in found if one["name"] in survived]
        if given.list:
            for one in sorted(found, key=lambda one: one["number"]):
                print(f"{one['file']}:{one['line']} {one['origin']} | `{one['name']}`")
            continue
        if not found:
            continue
        began = time.time()
        programs, unviable = work.build(package, tests, found)
        print(f"    {package}: {len(found)} mutants, {len(unviable)} do not compile, built in {time.time() - began:.0f} s", flush=True)
        limits = {}
        for test, program in programs:
            for wanted in (["--skip", "sequences::"], ["sequences::"]):
                before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
                outcome, by = work.ask(test, program, wanted, 0, None)
                used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
                if outcome != "survived":
                    sys.exit(f"error: {by} fails without any mutant\nremedy: cargo test --release -p {test}")
                limits[test, wanted[0]] = int(5 * used) + 10
                print(f"    {test} {wanted[0]}: {used:.1f} s without a mutant", flush=True)
        results += play(work, programs, found, unviable, limits, given.jobs, time.time() + 60 * given.minutes)
    if given.list:
        return
    if given.again:
        ran = {one["name"]: one for one in results}
        results = [ran.get(one["name"], one) for path in given.files for one in kept[path]]
    for path in given.files:
        lines = [json.dumps(one) for one in sorted(results, key=lambda one: one["line"]) if one["file"] == path]
        (out / (path.replace("/", "_") + ".jsonl")).write_text("\n".join(lines) + "\n" if lines else "")
    if report(sorted(results, key=lambda one: (one["file"], one["line"])), explained(root)):
        sys.exit("error: wrong code passed all tests\nremedy: write a test that refuses it, or explain it in docs/MUTATIONS.md")


def play(work, programs, found, unviable, limits, jobs, until_time):
    """Run all, `jobs` at a time; what is done is on disk at once."""
    results, queue, lock = [], collections.deque(found), threading.Lock()
    log = open(work.out / "log.jsonl", "a")

    def worker():
        while True:
            with lock:
                if not queue or time.time() > until_time:
                    return
                one = queue.popleft()
            outcome, by, seconds = ("unviable", "", 0) if one["number"] in unviable else work.run(programs, one["number"], limits)
            done = {key: one[key] for key in ("file", "line", "name", "origin")} | dict(outcome=outcome, by=by, seconds=round(seconds, 1))
            with lock:
                results.append(done)
                log.write(json.dumps(done) + "\n")
                log.flush()
                if outcome == "survived":
                    print(f"    survived {one['file']}:{one['line']} {one['name']}", flush=True)

    threads = [threading.Thread(target=worker) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if queue:
        print(f"    {len(queue)} of {len(found)} were left out", flush=True)
    return results


main()
