"""Plots as SVG, from nothing but strings. The same numbers give the same bytes."""
from html import escape
from math import log10

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 55
COLOURS = ("#1b6ca8", "#d1495b", "#3c8d53", "#b8860b", "#6a4c93", "#444444", "#00838f", "#8d5524")


class Plot:
    """Axes with lines and points. `log` makes the y axis logarithmic."""

    def __init__(self, title, x, y, xs, ys, log=False):
        """`xs`, `ys`: (value, label) of the ticks; the first and last bound the plot."""
        self.log, self.xs, self.ys = log, xs, ys
        self.parts, self.names = [], []
        self._text(LEFT, 22, title, size=15, anchor="start")
        for value, label in xs:
            at = self._x(value)
            self._line(at, TOP, at, HEIGHT - BOTTOM, "#dddddd")
            self._text(at, HEIGHT - BOTTOM + 18, label)
        for value, label in ys:
            at = self._y(value)
            self._line(LEFT, at, WIDTH - RIGHT, at, "#dddddd")
            self._text(LEFT - 8, at + 4, label, anchor="end")
        self._text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x)
        self.parts.append(
            f'<text x="16" y="{(TOP + HEIGHT - BOTTOM) / 2:g}" font-size="12" text-anchor="middle" '
            f'transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2:g})">{escape(y)}</text>'
        )

    def add(self, name, line=(), points=(), dashed=False):
        """A named line, points, or both, in a colour of their own."""
        colour = COLOURS[len(self.names) % len(COLOURS)]
        self.names.append(name)
        if line:
            at = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in line)
            dash = ' stroke-dasharray="5 4"' if dashed else ""
            self.parts.append(f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')
        for x, y in points:
            self.parts.append(f'<circle cx="{self._x(x):.1f}" cy="{self._y(y):.1f}" r="3.4" fill="{colour}"/>')
        height = TOP + 12 + 18 * (len(self.names) - 1)
        self._line(WIDTH - RIGHT + 14, height - 4, WIDTH - RIGHT + 34, height - 4, colour)
        self._text(WIDTH - RIGHT + 40, height, name, size=11, anchor="start")

    def svg(self):
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">'
        return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>', *self.parts, "</svg>", ""])

    def _x(self, value):
        low, high = self.xs[0][0], self.xs[-1][0]
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def _y(self, value):
        low, high = self.ys[0][0], self.ys[-1][0]
        if self.log:
            low, high, value = log10(low), log10(high), log10(max(value, low))
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def _line(self, x1, y1, x2, y2, colour):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>')

    def _text(self, x, y, text, size=12, anchor="middle"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(text)}</text>')
