# SPDX-License-Identifier: Apache-2.0
"""A chart as SVG, which follows the reader's light or dark: two panels over the number of obligations, one for intake
and one for what is due next, each from zero, so that flat is seen as flat."""
import math

WIDTH, HEIGHT = 720, 560
LEFT, RIGHT, TOP, PANEL, GAP = 90, 24, 56, 170, 84
STYLE = """
  .back { fill: #ffffff } text { font: 14px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e }
  .band { fill: #0969da; opacity: .12 } .line { stroke: #0969da; stroke-width: 2.5; fill: none } .dot { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    .back { fill: #0d1117 } text { fill: #f0f6fc } .grid { stroke: #3d444d } .axis { stroke: #9198a1 }
    .band { fill: #4493f8; opacity: .2 } .line { stroke: #4493f8 } .dot { fill: #4493f8 }
  }
"""
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def nice(most):
    """A round number above it, for the top of an axis, of four equal parts."""
    unit = 10 ** math.floor(math.log10(most / 4))
    return 4 * next(step * unit for step in (1, 2, 2.5, 5, 10) if 4 * step * unit >= most)


def label(value):
    return f"{value:,.3g}".replace(",", " ") if value < 1000 else f"{value:,.0f}".replace(",", " ")


class Panel:
    def __init__(self, top, sizes, values):
        self.top, self.values, self.most = top, values, nice(max(values) * 1.15)
        logs = [math.log10(size) for size in sizes]
        self.xs = [LEFT + 30 + (WIDTH - LEFT - RIGHT - 60) * (log - logs[0]) / (logs[-1] - logs[0]) for log in logs]
        self.sizes = sizes

    def y(self, value):
        return self.top + PANEL * (1 - value / self.most)

    def svg(self, title):
        parts = [f'<text class="title" x="{LEFT}" y="{self.top - 16}">{title}</text>']
        least, most = 0.8 * self.values[0], 1.2 * self.values[0]
        parts.append(f'<rect class="band" x="{LEFT}" y="{self.y(most):.1f}" width="{WIDTH - LEFT - RIGHT}" '
                     f'height="{self.y(least) - self.y(most):.1f}"/>')
        for part in range(5):
            value = self.most * part / 4
            parts.append(f'<line class="{"axis" if part == 0 else "grid"}" x1="{LEFT}" x2="{WIDTH - RIGHT}" '
                         f'y1="{self.y(value):.1f}" y2="{self.y(value):.1f}"/>')
            parts.append(f'<text x="{LEFT - 10}" y="{self.y(value) + 5:.1f}" text-anchor="end">{label(value)}</text>')
        points = " ".join(f"{x:.1f},{self.y(value):.1f}" for x, value in zip(self.xs, self.values))
        parts.append(f'<polyline class="line" points="{points}"/>')
        for x, value, size in zip(self.xs, self.values, self.sizes):
            parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{self.y(value):.1f}" r="4.5"/>')
            parts.append(f'<text x="{x:.1f}" y="{self.y(value) - 12:.1f}" text-anchor="middle">{label(value)}</text>')
            parts.append(f'<text x="{x:.1f}" y="{self.top + PANEL + 22}" text-anchor="middle">'
                         f'10{str(round(math.log10(size))).translate(POWERS)}</text>')
        return "\n".join(parts)


def growth(points):
    """points: (obligations, events a second, milliseconds until the next due reminder has left), by size."""
    sizes, rates, dues = zip(*points)
    upper = Panel(TOP, sizes, rates).svg("Intake: durable events a second")
    lower = Panel(TOP + PANEL + GAP, sizes, dues).svg("What is due next: found, decided and sent, in milliseconds")
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">
<title>Intake and what is due next at 10³ to 10⁶ obligations</title>
<style>{STYLE}</style>
<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>
{upper}
{lower}
<text x="{(WIDTH + LEFT - RIGHT) / 2}" y="{HEIGHT - 20}" text-anchor="middle">obligations in the store; the band is ± 20 % of the smallest store's</text>
</svg>
"""
