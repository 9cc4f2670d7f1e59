"""What checking costs the chain: declared weights in own transfers, less what is given back."""
from chances import table
from html import escape
from params import BASE, READ, WRITE, Weights, constant, defaults, transfer

PARAMS, WEIGHTS, TRANSFER = defaults("attestation"), Weights("attestation"), transfer()
SLOT_MS, MACHINES = 6_000, 10_000
SIZES = (256, 1_024, 4_096)
assert PARAMS["presence_n"] in SIZES
# runtime/src/weights/block.rs: a quarter of three seconds is kept for Operational calls.
BLOCK, KEPT = 3 * 10**12, 3 * 10**12 // 4
GOAL_PRESENCE, GOAL_VOTES = 4, 8
# Over so many blocks the votes of one job arrive.
ARRIVAL = 3
# `set_params` leaves half of the challenges that a block may begin to the anchors of new leases.
MOST_DRAWS = constant("runtime/src/configs/marketplace.rs", "MaxChallengesPerBlock") // 2


def in_transfers(picoseconds):
    return f"{picoseconds / TRANSFER:.2f}"


def micro(picoseconds):
    return f"{picoseconds / 1e6:,.0f}"


def challenge(n):
    """Parts of one challenge, commitment and answer together, in picoseconds."""
    commit, commit_reads, commit_writes = WEIGHTS.parts("commit_presence")
    answer, reads, writes = WEIGHTS.parts("answer_presence", n=n)
    further = (PARAMS["presence_entries"] - 1) * WEIGHTS.whole("check_entry", n=n)
    return {
        "commitment, computing": commit,
        "answer, computing": answer,
        f"{PARAMS['presence_entries'] - 1} further entries": further,
        f"{commit_reads + reads} reads": (commit_reads + reads) * READ,
        f"{commit_writes + writes} writes": (commit_writes + writes) * WRITE,
    }


def challenge_in_transfers(n):
    return sum(challenge(n).values()) / TRANSFER


def vote(statements):
    """Taking one vote in a batch of so many (and out again for the tally), and checking it: Passes, the first of which counts."""
    taken = WEIGHTS.whole("submit_votes", s=statements) + WEIGHTS.whole("take_batch", s=statements)
    return taken / statements, WEIGHTS.whole("authorize_submit_votes", s=statements, p=0) / statements


def tallied(statements, count, blocks=ARRIVAL):
    """Hearing so many votes of one job that arrive over so many blocks, with its share of each tally, which hears one full set of batches."""
    blocks = min(blocks, count)
    heard = sum(WEIGHTS.whole("hear_votes", v=count // blocks + (block < count % blocks)) for block in range(blocks))
    return heard + blocks * WEIGHTS.whole("tally") / statements


def votes(statements, count):
    """So many votes of one job, one of which decides it, in batches of so many jobs."""
    return count * sum(vote(statements)) + tallied(statements, count) + WEIGHTS.whole("conclude_pass")


def votes_in_transfers(statements):
    """All votes of one job, in batches of so many jobs."""
    return votes(statements, PARAMS["committee"]) / TRANSFER


def presence():
    names = list(challenge(SIZES[0]))
    lines = []
    for n in SIZES:
        parts = challenge(n)
        whole = sum(parts.values())
        with_base = (whole + 2 * BASE) / (TRANSFER + BASE)
        missed = f"missed, {whole / TRANSFER / GOAL_PRESENCE:.1f} times" if whole > GOAL_PRESENCE * TRANSFER else "met"
        lines.append([f"{n:,}", *[micro(parts[name]) for name in names], micro(whole), f"**{in_transfers(whole)}**", missed, f"{with_base:.2f}"])
    head = ["n", *[f"{name}, µs" for name in names], "together, µs", "own transfers", f"goal {GOAL_PRESENCE}", "with the base of each extrinsic on both sides"]
    return table(head, lines)


def load():
    """A block in which as many challenges are issued, committed, answered and cleared as 10,000 machines need."""
    due = MACHINES * SLOT_MS // PARAMS["presence_period_ms"]
    drawn = (WEIGHTS.whole("on_initialize", d=due) - WEIGHTS.whole("on_initialize", d=0)) / due
    # Answered in its first window: the block finds nothing to do.
    cleared = WEIGHTS.whole("advance_nothing")
    stretched = MACHINES * SLOT_MS / PARAMS["max_draws"] / 60_000
    lines = []
    for n in SIZES:
        whole = sum(challenge(n).values()) + 2 * BASE
        each = whole + drawn + cleared
        fits = int(KEPT // 2 // whole)
        lines.append([
            f"{n:,}", micro(drawn), micro(whole), micro(cleared), f"{due * each / 1e12:.3f} s", f"{100 * due * each / BLOCK:.1f} %", f"{fits:,}", f"{carried(fits):,}",
        ])
    minutes = PARAMS["presence_period_ms"] // 60_000
    head = ["n", "draw, µs", "commitment and answer with base, µs", "clearing the deadline, µs", f"{due} a block: {MACHINES:,} machines at {minutes} min", "of a block of 3 s",
            "most draws a block that its weight allows", f"machines at {minutes} min with that"]
    text = f"`max_draws` = {PARAMS['max_draws']} carries {carried(PARAMS['max_draws']):,} machines at {minutes} min; with {MACHINES:,} leased ones a period is {stretched:.1f} min. "
    text += f"`set_params` takes {MOST_DRAWS} at most, half of `MaxChallengesPerBlock`: {carried(MOST_DRAWS):,} machines."
    return f"{table(head, lines)}\n\n{text}"


def carried(draws):
    """How many machines so many draws a block challenge once a period."""
    return draws * PARAMS["presence_period_ms"] // SLOT_MS


def proposed():
    """What would be left of a cost, change by change, each on top of the ones before it. Own transfers."""
    seats, quorum, full = PARAMS["committee"], PARAMS["quorum"], constant("pallets/attestation/src/types.rs", "MAX_STATEMENTS")
    lines = [
        [f"{seats} votes of a job, in full batches, as they are", votes(full, seats), GOAL_VOTES],
        ["of that, the tally and the verdict", tallied(full, seats) + WEIGHTS.whole("conclude_pass"), GOAL_VOTES],
        ["all of them heard in one block", votes(full, seats) - tallied(full, seats) + tallied(full, seats, 1), GOAL_VOTES],
        [f"no vote sent after the {quorum} that decide", votes(full, quorum), GOAL_VOTES],
    ]
    return table(["change", "own transfers", "goal"], [[change, in_transfers(left), goal] for change, left, goal in lines])


def results():
    lines = []
    seats, quorum, full = PARAMS["committee"], PARAMS["quorum"], constant("pallets/attestation/src/types.rs", "MAX_STATEMENTS")
    for statements in (1, 8, full):
        enter, check = vote(statements)
        job = votes(statements, seats)
        missed = f"missed, {job / TRANSFER / GOAL_VOTES:.1f} times" if job > GOAL_VOTES * TRANSFER else "met"
        lines.append([
            statements, micro(enter), micro(check), micro(tallied(statements, seats)), f"**{in_transfers(job)}**", in_transfers(votes(statements, quorum)), missed,
            in_transfers(job + seats * BASE / statements),
        ])
    head = ["jobs in a batch", "taking one vote, µs", "checking it, µs", f"hearing {seats} over {ARRIVAL} blocks, µs", f"{seats} votes of a job, verdict included", f"{quorum} votes of a job", f"goal {GOAL_VOTES}", f"{seats} with the base of their extrinsics"]
    time, reads, writes = WEIGHTS.parts("hear_votes", v=seats // ARRIVAL)
    whole = time + reads * READ + writes * WRITE
    share = {name: 100 * part / whole for name, part in (("computing", time), ("reads", reads * READ), ("writes", writes * WRITE))}
    others = [(name, WEIGHTS.whole(name)) for name in ("conclude_pass", "on_committed", "advance_draw", "on_closed")]
    text = f"Of hearing {seats // ARRIVAL} votes of one job, {share['computing']:.0f} % is computing, {share['reads']:.0f} % reads, {share['writes']:.0f} % writes. The verdict is `conclude_pass`, "
    text += f"{in_transfers(others[0][1])} transfers. Besides, each job costs " + ", ".join(f"`{name}` {in_transfers(cost)}" for name, cost in others[1:]) + " transfers."
    return f"{table(head, lines)}\n\n{text}"


def plot():
    """The parts of a challenge as bars, by size, in own transfers."""
    colours = ("#1b6ca8", "#d1495b", "#3c8d53", "#b8860b", "#6a4c93")
    width, left, scale = 720, 110, 32
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 250" width="{width}" height="250" font-family="sans-serif">', f'<rect width="{width}" height="250" fill="#ffffff"/>',
             '<text x="20" y="22" font-size="15">One presence challenge, commitment and answer, in own transfers</text>']
    for row, n in enumerate(SIZES):
        top, at = 45 + row * 38, left
        lines.append(f'<text x="{left - 10}" y="{top + 17}" font-size="12" text-anchor="end">n = {n:,}</text>')
        for (name, part), colour in zip(challenge(n).items(), colours):
            length = part / TRANSFER * scale
            lines.append(f'<rect x="{at:.1f}" y="{top}" width="{length:.1f}" height="26" fill="{colour}"><title>{escape(name)}</title></rect>')
            at += length
        lines.append(f'<text x="{at + 6:.1f}" y="{top + 17}" font-size="12">{(at - left) / scale:.2f}</text>')
    goal = left + GOAL_PRESENCE * scale
    lines.append(f'<line x1="{goal}" y1="38" x2="{goal}" y2="160" stroke="#000000" stroke-dasharray="4 3"/><text x="{goal}" y="175" font-size="11" text-anchor="middle">goal {GOAL_PRESENCE}</text>')
    for place, (name, colour) in enumerate(zip(challenge(SIZES[-1]), colours)):
        x, y = 20 + place % 3 * 230, 200 + place // 3 * 24
        lines.append(f'<rect x="{x}" y="{y}" width="14" height="14" fill="{colour}"/><text x="{x + 20}" y="{y + 12}" font-size="12">{escape(name)}</text>')
    return "\n".join([*lines, "</svg>", ""])
