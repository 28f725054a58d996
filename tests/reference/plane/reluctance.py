"""Plane magnetostatics of switched reluctance machines by the finite elements of solve.py, inner rotor.

One phase is fed, the rotor turns from where the poles, or all teeth of them, are aligned to the middle between two such
places.  Flux linkage, co-energy, and the mean torque as the difference of the co-energies over the angle.

    python3 tests/reference/plane/reluctance.py MACHINE.json SIZE STEPS current [current ...]

with the size of the elements over the gap (2: half of it) and the steps from aligned to unaligned.
"""
import json, sys, time
import numpy as np, scipy.sparse.linalg as spl
from math import pi, sin, cos, asin, atan2, gcd
import solve
from solve import arc, rot, mirror, dedupe, mesh_body


def side(radius, half, taper, outward, at):
    """Where the side of a pole around the x axis meets a circle: from its corner on, leaning by the taper."""
    x, y = radius * cos(half), radius * sin(half)
    dx, dy = outward * cos(taper), sin(taper)
    lo, hi = 0.0, 3 * abs(at - radius) + 1e-9
    for _ in range(100):
        m = (lo + hi) / 2
        far = np.hypot(x + m * dx, y + m * dy)
        lo, hi = (m, hi) if (far < at) == (outward > 0) else (lo, m)
    return (x + lo * dx, y + lo * dy)


class Reluctance(solve.Model):
    def __init__(self, machine, size, steps):
        t = machine["topology"]["srm"]
        st, ro, w = t["stator"], t["rotor"], machine["winding"]
        assert t.get("rotor_position", "inner") == "inner"
        self.kind, self.t = "srm", t
        self.S, self.P = st["pole_count"], ro["pole_count"]
        self.phases = self.S // gcd(self.S, self.P)
        self.turns, self.paths = w["turns_per_coil"], w["parallel_paths"]
        # pole q lies between the slots q-1 and q; the poles of a phase are opposite one after the other
        self.sides = []
        for q in range(self.S):
            s = 1 if q // self.phases % 2 == 0 else -1
            self.sides += [(q, 1, q % self.phases, s), ((q - 1) % self.S, 2, q % self.phases, -s)]
        self.n_sect = gcd(self.S, self.P)
        self.ns, self.np_ = self.S // self.n_sect, self.P // self.n_sect
        self.sign = -1
        self.span = span = 2 * pi / self.n_sect
        rb = st["bore_diameter_mm"] / 2
        gap = t["air_gap_mm"]
        rg, mid = rb - gap, rb - gap / 2
        r_out, r_in = st["outer_diameter_mm"] / 2, ro["shaft_diameter_mm"] / 2
        unit = self.np_ * 2 * steps
        n_mid = int(np.ceil(span * mid / (gap / size) / unit)) * unit
        h0 = span * mid / n_mid
        self.n_mid, self.mid = n_mid, mid
        self.step = n_mid // unit
        teeth = st.get("teeth")
        count = teeth["count_per_pole"] if teeth else 1
        # where all teeth face a pole, an even number of them has a slot on the axis of the pole; rotor pitches here
        # begin in the middle of a pole
        self.first = 0 if count % 2 else n_mid // (2 * self.np_)
        rad = pi / 180
        pitch, rotor_pitch = 2 * pi / self.S, 2 * pi / self.P
        coil, root = rb + st["coil_clearance_mm"], r_out - st["yoke_thickness_mm"]
        half, taper = st["pole_arc_deg"] * rad / 2, st.get("pole_taper_deg", 0.0) * rad
        angle = lambda r: pitch / 2 - atan2(*reversed(side(rb, half, taper, 1.0, r)))
        at = lambda r: (r * cos(angle(r)), r * sin(angle(r)))
        into = rb - gap / 3
        opening = angle(rb)
        self.throat = [(rb * cos(opening), rb * sin(opening))] + arc(coil, angle(coil), 0.0)
        self.main = arc(coil, 0.0, angle(coil)) + arc(root, angle(root), 0.0)
        self.body = dedupe(self.main + mirror(self.main))
        grooves = []
        if teeth:
            tooth = teeth["tooth_arc_deg"] * rad
            apart = (2 * half - tooth) / (count - 1)
            y = rb * sin((apart - tooth) / 2)
            deep = rb + teeth["tooth_height_mm"]
            shape = arc(into, -asin(y / into), asin(y / into)) + arc(deep, asin(y / deep), -asin(y / deep))
            for q in range(self.ns + 1):
                grooves += [[rot(p, q * pitch + (j - (count - 2) / 2) * apart) for p in shape] for j in range(count - 1)]
        least = min(2 * half, tooth if teeth else 9.0) * rb
        grow, far = 0.12, min(2.5, 0.035 * r_out, least / 5)
        size_stator = lambda x, y: min(h0 + grow * max(np.hypot(x, y) - rb, 0), far)
        size_rotor = lambda x, y: min(h0 + grow * max(rg - np.hypot(x, y), 0), far)
        tools = list(grooves)
        for k in range(self.ns):
            a = (k + 0.5) * pitch
            if coil > rb + 1e-9:
                top = arc(into, -opening, opening) + [(rb * cos(opening), rb * sin(opening))] + arc(coil, angle(coil), -angle(coil)) \
                    + [(rb * cos(opening), -rb * sin(opening))]
                tools.append([rot(q, a) for q in dedupe(top)])
            tools.append([rot(q, a) for q in self.body])
        ps, ts = mesh_body((mid, r_out), span, tools, size_stator, n_mid, mid, rings=(rb,))
        # rotor: slots in the middle of its pitches
        back = r_in + ro["yoke_thickness_mm"]
        rhalf, rtaper = ro["pole_arc_deg"] * rad / 2, ro.get("pole_taper_deg", 0.0) * rad
        foot = side(rg, rhalf, rtaper, -1.0, back)
        low, high = rotor_pitch / 2 - atan2(foot[1], foot[0]), rotor_pitch / 2 - rhalf
        over = rg + gap / 3
        slot = arc(over, -high, high) + [(rg * cos(high), rg * sin(high))] + arc(back, low, -low) + [(rg * cos(high), -rg * sin(high))]
        tools, self.rot_polys = [], []
        for k in range(self.np_):
            q = [rot(p, (k + 0.5) * rotor_pitch) for p in slot]
            tools.append(q)
            self.rot_polys.append(("air", q, None, k))
        pr, tr = mesh_body((r_in, mid), span, tools, size_rotor, n_mid, mid, rings=(rg,))
        self.split = None
        self._assemble(machine, ps, ts, pr, tr, None, rg, rb, r_out, r_in)
        # teeth stand apart by grooves without iron
        c = self.nodes[self.el[:, :3]].mean(1)
        idx = np.where(~self.is_rotor)[0]
        for g in grooves:
            self.mat[idx[solve.inside(g, c[idx])]] = 0

    def slot_shape(self):
        return self.throat, self.main

    def fed(self, current, step):
        """Flux linkage [V s] and co-energy [J] of the first phase, so many steps from the aligned position."""
        T, n = self.reduce(self.first + step * self.step), len(self.nodes)
        J = current * self.current[0] * self.turns / self.paths
        rhs = np.bincount(self.el.ravel(), (J[:, None] * self.S_int).ravel(), n)
        x, energy, A = self.newton(T, rhs, np.zeros(T.shape[1]))
        mean = np.einsum("en,en->e", self.S_int, A[self.el])
        length = self.n_sect * self.stack
        return length * self.turns / self.paths * (self.current[0] @ mean), -length * energy


if __name__ == "__main__":
    machine = json.load(open(sys.argv[1]))
    steps, currents = int(sys.argv[3]), [float(v) for v in sys.argv[4:]]
    t0 = time.time()
    m = Reluctance(machine, float(sys.argv[2]), steps)
    print(f"# {len(m.nodes)} nodes, {len(m.el)} triangles, sector 1/{m.n_sect}", file=sys.stderr)
    found = np.array([[m.fed(i, k) for i in currents] for k in range(steps + 1)])
    half = pi / m.P
    six = lambda a: [float(f"{v:.6g}") for v in a]
    print(json.dumps({
        "current_a": currents, "position_deg": [k * half / steps * 180 / pi for k in range(steps + 1)],
        "flux_linkage_wb": [six(row) for row in found[:, :, 0]],
        "mean_torque_n_m": six((found[0, :, 1] - found[-1, :, 1]) / half),
    }, indent=1))
    print(f"# {time.time() - t0:.0f} s", file=sys.stderr)
