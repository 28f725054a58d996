"""Plane magnetostatics of radial machines by finite elements: magnetic vector potential.

Triangles of second order (Gmsh makes the mesh), one sector that repeats with its winding, Newton with backtracking.  Rotor
and stator are meshed apart with equal nodes on a circle in the middle of the gap, so that the rotor turns by whole nodes.
Geometry is drawn anew from what the keys of a design mean; nothing of the solver is used.

Needs numpy, scipy and gmsh of PyPI.  Usage, from the root of the repository:

    python3 tests/reference/plane/solve.py MACHINE.json SIZE id,iq [id,iq ...]

with the size of the elements over the gap (2: half of it), and d and q currents in A.
"""
import json, sys, time
import numpy as np, scipy.sparse as sp, scipy.sparse.linalg as spl
from scipy.interpolate import PchipInterpolator
from math import pi, sin, cos, tan, asin, atan2, sqrt, gcd

MU0 = 4e-7 * pi
POSITIONS = 6


# ------------------------------------------------------------------ geometry, lengths in mm
def rot(p, a):
    c, s = cos(a), sin(a)
    return (p[0] * c - p[1] * s, p[0] * s + p[1] * c)


def arc(r, a, b, most=0.004):
    n = max(2, int(abs(b - a) / most))
    return [(r * cos(t), r * sin(t)) for t in np.linspace(a, b, n + 1)]


def slot_polygon(st):
    """Slot around the x axis (throat, main): polygons; inner rotor, slots open towards the axis."""
    s, pitch = st["slot"], 2 * pi / st["slot_count"]
    r = st["bore_diameter_mm"] / 2
    half = asin(s["opening_width_mm"] / 2 / r)
    y0 = s["opening_width_mm"] / 2
    x1 = r * cos(half) + s["opening_height_mm"]
    if "tooth_width_mm" in s:
        w = s["tooth_width_mm"]
        side = lambda x: x * tan(pitch / 2) - w / 2 / cos(pitch / 2)
    else:
        side = None
    if "wedge_height_mm" in s:
        wedge = s["wedge_height_mm"]
    elif s.get("tip_angle_deg"):
        t = tan(s["tip_angle_deg"] * pi / 180)
        if side is None:
            wedge = (s["top_width_mm"] / 2 - y0) * t
        else:
            # y0 + (x - x1)/t = side(x)
            wedge = (side(x1) - y0) / (1 / t - tan(pitch / 2))
    else:
        wedge = 0.0
    x2 = x1 + wedge
    x3 = x2 + s["main_depth_mm"]
    if side:
        y2, y3 = side(x2), side(x3)
    else:
        y2, y3 = s["top_width_mm"] / 2, s["bottom_width_mm"] / 2
    throat = [(r * cos(half), y0), (x1, y0), (x2, y2)]
    rc = s.get("bottom_corner_radius_mm", 0.0)
    if s.get("bottom") == "arc":
        # the side runs to the circle of radius x3
        dx, dy = x3 - x2, y3 - y2
        ts = np.linspace(0, 1.2, 240001)
        rr = np.hypot(x2 + ts * dx, y2 + ts * dy)
        k = int(np.searchsorted(rr, x3))
        e = (x2 + ts[k] * dx, y2 + ts[k] * dy)
        main = [(x2, y2)] + arc(x3, atan2(e[1], e[0]), 0.0)
    elif rc > 0:
        if side:
            b = pitch / 2
            cx = x3 - rc
            cy = side(cx) - rc / cos(b)
            a0 = pi / 2 + b
            main = [(x2, y2)] + [(cx + rc * cos(t), cy + rc * sin(t)) for t in np.linspace(a0, 0, 20)]
        else:
            cx, cy = x3 - rc, y3 - rc
            main = [(x2, y2)] + [(cx + rc * cos(t), cy + rc * sin(t)) for t in np.linspace(pi / 2, 0, 20)]
    else:
        main = [(x2, y2), (x3, y3)]
    return throat, main


def mirror(points):
    return [(x, -y) for x, y in reversed(points)]


def dedupe(points):
    out = []
    for p in points:
        if not out or np.hypot(p[0] - out[-1][0], p[1] - out[-1][1]) > 1e-7:
            out.append(p)
    if np.hypot(out[0][0] - out[-1][0], out[0][1] - out[-1][1]) < 1e-7:
        out.pop()
    return out


def rotor_parts(kind, t):
    """Polygons of one pole around the x axis: list of (tag, polygon, direction or 'radial')."""
    ro = t["rotor"]
    parts = []
    rg = t["stator"]["bore_diameter_mm"] / 2 - t["air_gap_mm"]
    if kind == "ipm":
        op = ro["opening"]
        tilt = (pi - op["v_angle_deg"] * pi / 180) / 2
        end = ro["pocket_end"]["square"]
        start = ro.get("pocket_start", "along_rib")
        h, w = ro["magnet_thickness_mm"], ro["magnet_width_mm"]
        assert ro["magnet_seat_step_mm"] == 0 and "piece_rib_width_mm" not in ro
        al, inw = (sin(tilt), cos(tilt)), (-cos(tilt), sin(tilt))
        ax, ay = rg - ro["apex_depth_mm"], ro["centre_rib_width_mm"] / 2
        at = lambda s, d: (ax + s * al[0] + d * inw[0], ay + s * al[1] + d * inw[1])
        o = ro["magnet_offset_mm"]
        full = end["pocket_width_mm"]
        pocket = [at(0, 0), at(full, 0), at(full, h)]
        if start == "square":
            pocket += [at(0, h)]
        else:
            pocket += [(ax - h / cos(tilt), ay)]
        magnet = [at(o, 0), at(o + w, 0), at(o + w, h), at(o, h)]
        n = (cos(tilt), -sin(tilt))
        if ay == 0 and tilt == 0 and o == 0:
            # one row across the axis
            up, um = [p for p in pocket if p[1] > 1e-9], [p for p in magnet if p[1] > 1e-9]
            parts.append(("air", up + mirror(up), None))
            parts.append(("magnet", um + mirror(um), (1.0, 0.0)))
        else:
            parts.append(("air", pocket, None))
            parts.append(("air", mirror(pocket), None))
            parts.append(("magnet", magnet, n))
            parts.append(("magnet", mirror(magnet), (n[0], -n[1])))
        return parts, rg
    if kind in ("spm", "inset"):
        h = ro["magnet_thickness_mm"]
        sl = ro.get("sleeve_thickness_mm", 0.0)
        top = rg - sl
        seat = top - h
        half = ro["magnet_arc_ratio"] * pi / ro["pole_count"]
        shape = ro.get("magnet_shape", "arc")
        name = shape if isinstance(shape, str) else list(shape)[0]
        m = "radial" if ro["magnetisation"] == "radial" else (1.0, 0.0)
        if name == "arc":
            poly = arc(seat, -half, half) + arc(top, half, -half)
        elif name == "bread_loaf":
            R = shape["bread_loaf"]["outer_radius_mm"]
            # flat seat at the distance of the seat radius on the axis; sides parallel at the width at the top radius
            wid = top * sin(half)
            c = top - R
            up = asin(wid / R)
            outer = [(c + R * cos(a), R * sin(a)) for a in np.linspace(up, -up, 40)]
            poly = [(seat, -wid), (seat, wid)] + outer
        else:
            raise SystemExit(name)
        pole = pi / ro["pole_count"]
        # what lies over the iron of the rotor is air where no magnet is
        parts.append(("rotor_air", None, (seat, name, top * sin(half))))
        parts.append(("magnet", dedupe(poly), m))
        if kind == "inset":
            b = t["iron_between_magnets"]
            hi, cl = b["height_mm"], b.get("side_clearance_mm", 0.0)
            parts.append(("between", (seat, hi, half, cl, top), None))
        return parts, rg
    if kind == "spoke":
        # in the frame of a magnet, which stands between two poles
        outer = rg - ro["bridge_thickness_mm"]
        mid_ = outer - ro["magnet_width_mm"]
        inner = mid_ - ro["inner_barrier_depth_mm"]
        half, m = (ro["magnet_thickness_mm"] + ro.get("pocket_clearance_mm", 0.0)) / 2, ro["magnet_thickness_mm"] / 2
        assert "non_magnetic_hub_diameter_mm" not in ro
        parts.append(("air", [(inner, -half), (outer, -half), (outer, half), (inner, half)], None))
        w = ro["outer_slot_width_mm"] / 2
        if w > 0:
            parts.append(("air", [(outer, -w), (rg + 0.02, -w), (rg + 0.02, w), (outer, w)], None))
        parts.append(("magnet", [(mid_, -m), (outer, -m), (outer, m), (mid_, m)], (0.0, 1.0)))
        return parts, rg
    raise SystemExit(kind)


# ------------------------------------------------------------------ mesh
def polygon_face(occ, poly):
    tags = [occ.addPoint(x, y, 0) for x, y in poly]
    lines = [occ.addLine(tags[i], tags[(i + 1) % len(tags)]) for i in range(len(tags))]
    return (2, occ.addPlaneSurface([occ.addCurveLoop(lines)]))


def sector_face(occ, r0, r1, span):
    """A ring sector between radii from angle 0 to span, with true arcs."""
    if abs(span - 2 * pi) < 1e-9:
        ring, _ = occ.cut([(2, occ.addDisk(0, 0, 0, r1, r1))], [(2, occ.addDisk(0, 0, 0, r0, r0))])
        return ring[0]
    c = occ.addPoint(0, 0, 0)
    n = max(1, int(np.ceil(span / (pi / 2.5))))
    angles = np.linspace(0, span, n + 1)
    inner = [occ.addPoint(r0 * cos(a), r0 * sin(a), 0) for a in angles]
    outer = [occ.addPoint(r1 * cos(a), r1 * sin(a), 0) for a in angles]
    li = [occ.addCircleArc(inner[i], c, inner[i + 1]) for i in range(n)]
    lo = [occ.addCircleArc(outer[i], c, outer[i + 1]) for i in range(n)]
    a, b = occ.addLine(inner[0], outer[0]), occ.addLine(inner[-1], outer[-1])
    loop = occ.addCurveLoop([a] + lo + [-b] + [-x for x in reversed(li)])
    occ.remove([(0, c)])
    return (2, occ.addPlaneSurface([loop]))


def mesh_body(radii, span, tools, size_at, n_mid, mid, rings=()):
    """Triangles of second order of a ring sector between radii, cut by polygons and by circles."""
    import gmsh
    gmsh.initialize(); gmsh.option.setNumber("General.Terminal", 0)
    gmsh.option.setNumber("Geometry.Tolerance", 1e-6)
    occ = gmsh.model.occ
    edges = sorted(set([radii[0], radii[1], *rings]))
    faces = [sector_face(occ, a, b, span) for a, b in zip(edges, edges[1:])]
    cut = [polygon_face(occ, p) for p in tools]
    out, _ = occ.fragment(faces, cut)
    occ.synchronize()
    # drop what lies outside of the sector
    for dim, tag in list(gmsh.model.getEntities(2)):
        if abs(span - 2 * pi) < 1e-9:
            break
        x, y, _ = occ.getCenterOfMass(2, tag)
        a = atan2(y, x) % (2 * pi)
        r = np.hypot(x, y)
        if a > span + 1e-6 and a < 2 * pi - 1e-9 or r > radii[1] + 1e-6:
            gmsh.model.removeEntities([(2, tag)], recursive=True)
            occ.remove([(2, tag)], recursive=True)
    occ.synchronize()
    first, last, middle = [], [], []
    for dim, tag in gmsh.model.getEntities(1):
        lo, hi = gmsh.model.getParametrizationBounds(1, tag)
        ps = np.array(gmsh.model.getValue(1, tag, list(np.linspace(lo[0], hi[0], 5)))).reshape(-1, 3)
        r, a = np.hypot(ps[:, 0], ps[:, 1]), np.arctan2(ps[:, 1], ps[:, 0]) % (2 * pi)
        a = np.where(a > 2 * pi - 1e-7, 0, a)
        up, _ = gmsh.model.getAdjacencies(1, tag)
        if np.ptp(r) < 1e-6 and abs(r[0] - mid) < 1e-6:
            middle.append((tag, abs(np.unwrap(a)[-1] - np.unwrap(a)[0])))
        elif (a < 1e-7).all() and r[2] > 1e-3:
            first.append((r[2], tag))
        elif (abs(a - span) < 1e-7).all():
            last.append((r[2], tag))
    if abs(span - 2 * pi) > 1e-9:
        first.sort(); last.sort()
        assert len(first) == len(last), (len(first), len(last))
        c, s = cos(span), sin(span)
        gmsh.model.mesh.setPeriodic(1, [t for _, t in last], [t for _, t in first],
                                    [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])
    for tag, angle in middle:
        k = angle / span * n_mid
        assert abs(k - round(k)) < 1e-4, (k, angle)
        gmsh.model.mesh.setTransfiniteCurve(tag, int(round(k)) + 1)
    gmsh.model.mesh.setSizeCallback(lambda dim, tag, x, y, z, lc: size_at(x, y))
    for o in ("MeshSizeExtendFromBoundary", "MeshSizeFromPoints", "MeshSizeFromCurvature"):
        gmsh.option.setNumber("Mesh." + o, 0)
    gmsh.option.setNumber("Mesh.Algorithm", 6)
    gmsh.model.mesh.generate(2)
    tags, xyz, _ = gmsh.model.mesh.getNodes()
    xyz = xyz.reshape(-1, 3)[:, :2]
    index = np.zeros(int(tags.max()) + 1, int); index[tags.astype(int)] = np.arange(len(tags))
    _, nodes = gmsh.model.mesh.getElementsByType(2)
    tri = index[nodes.astype(int)].reshape(-1, 3)
    gmsh.finalize()
    used = np.unique(tri)
    new = np.full(len(xyz), -1); new[used] = np.arange(len(used))
    return xyz[used], new[tri]


def inside(poly, pts):
    p = np.asarray(poly); q = np.roll(p, -1, 0)
    x, y = pts[:, 0][:, None], pts[:, 1][:, None]
    cond = (p[:, 1] > y) != (q[:, 1] > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        xs = (q[:, 0] - p[:, 0]) * (y - p[:, 1]) / (q[:, 1] - p[:, 1]) + p[:, 0]
    return (np.sum(cond & (x < xs), 1) % 2) == 1


# ------------------------------------------------------------------ winding by the star of slots
def winding(slots, p, w):
    """Sides: list of (slot, place, phase, sign), place 0 whole, 1 and 2 beside each other or above; all turns."""
    y, layers = w["coil_pitch_slots"], w["layers"]
    sides = []

    def belt(angle):
        k = int(np.floor((angle + pi / 6) / (pi / 3) + 1e-9)) % 6
        return [(0, 1), (2, -1), (1, 1), (0, -1), (2, 1), (1, -1)][k]

    # the phases start where each has as many coils as the others
    if layers == 2:
        coils = [(k, p * 2 * pi * k / slots) for k in range(slots)]
    else:
        coils = [(k, p * 2 * pi * k / slots) for k in range(0, slots, 2)] if y % 2 == 1 and y == 1 else None
    best = None
    if coils is not None:
        for off in np.linspace(0, pi / 3, 61)[:-1]:
            got = [(k, *belt(a + off)) for k, a in coils]
            sums = [sum(s * np.exp(1j * a) for (k, f, s), (_, a) in zip(got, coils) if f == ph) for ph in range(3)]
            score = min(abs(x) for x in sums)
            count = [sum(1 for g in got if g[1] == ph) for ph in range(3)]
            if len(set(count)) == 1 and (best is None or score > best[0] + 1e-9):
                best = (score, got)
        for k, f, s in best[1]:
            if y == 1 and layers == 2:
                # the coil around the tooth between k and k+1: the later half of k, the earlier half of k+1
                sides += [(k, 2, f, s), ((k + 1) % slots, 1, f, -s)]
            elif y == 1:
                sides += [(k, 0, f, s), ((k + 1) % slots, 0, f, -s)]
            else:
                # the upper side nearer to the gap, the lower one at the bottom
                sides += [(k, 3, f, s), ((k + y) % slots, 4, f, -s)]
    else:
        for off in np.linspace(0, pi / 3, 61)[:-1]:
            got = [(k, *belt(p * 2 * pi * k / slots + off)) for k in range(slots)]
            sums = [abs(sum(s * np.exp(1j * p * 2 * pi * k / slots) for k, f, s in got if f == ph)) for ph in range(3)]
            count = [sum(1 for g in got if g[1] == ph) for ph in range(3)]
            if len(set(count)) == 1 and (best is None or min(sums) > best[0] + 1e-9):
                best = (min(sums), got)
        sides = [(k, 0, f, s) for k, f, s in best[1]]
    return sides


# ------------------------------------------------------------------ the model
class Model:
    # elements through a magnet, and by how much they grow over a length
    THROUGH, GROW = 8, 0.12

    def __init__(self, machine, size):
        (self.kind, t), = machine["topology"].items()
        self.t, st, ro = t, machine["topology"][self.kind]["stator"], t["rotor"]
        self.S, self.P = st["slot_count"], ro["pole_count"]
        self.p = self.P // 2
        w = machine["winding"]
        self.turns, self.paths = w["turns_per_coil"], w["parallel_paths"]
        self.sides = winding(self.S, self.p, w)
        # sector: as many poles as repeat with slots, with or without change of sign
        g = gcd(self.S, self.P)
        self.n_sect = g
        while True:
            ns, npole = self.S // self.n_sect, self.P // self.n_sect
            sign = -1 if npole % 2 else 1
            table = {(k, pl): (f, s) for k, pl, f, s in self.sides}
            ok = all(table.get(((k + ns) % self.S, pl)) == (f, s * sign) for (k, pl), (f, s) in table.items())
            if ok and self.S % self.n_sect == 0:
                break
            self.n_sect -= 1
            while g % self.n_sect:
                self.n_sect -= 1
        self.ns, self.np_, self.sign = ns, npole, sign
        self.span = 2 * pi / self.n_sect
        span = self.span
        parts, rg = rotor_parts(self.kind, t)
        rb = st["bore_diameter_mm"] / 2
        gap, mid = rb - rg, (rb + rg) / 2
        r_out, r_in = st["outer_diameter_mm"] / 2, ro["shaft_diameter_mm"] / 2
        h0 = gap / size
        unit = self.unit()
        n_mid = int(np.ceil(span * mid / h0 / unit)) * unit
        h0 = span * mid / n_mid
        self.n_mid, self.mid = n_mid, mid
        grow = self.GROW
        far = min(2.5, 0.035 * r_out)

        def size_stator(x, y):
            r = np.hypot(x, y)
            return min(h0 + grow * max(r - rb, 0), far)

        def size_rotor(x, y):
            r = np.hypot(x, y)
            return min(h0 + grow * max(rg - r, 0), 0.7 * far, ro["magnet_thickness_mm"] / self.THROUGH)

        # stator: slots at the middle of their pitch, first boundary in the middle of a tooth
        throat, main = slot_polygon(st)
        pitch = 2 * pi / self.S
        tools = []
        # throat opens on the bore circle
        thr = dedupe(arc(rb, -asin(throat[0][1] / rb), asin(throat[0][1] / rb)) + throat[1:] + mirror(throat[1:]))
        layers = any(pl in (3, 4) for _, pl, _, _ in self.sides)
        body = dedupe(main + mirror(main))
        self.body = body
        if layers:
            area = lambda x: self._area_below(main, x)
            lo, hi = main[0][0], max(x for x, _ in main)
            total = area(hi)
            a, b = lo, hi
            for _ in range(60):
                m = (a + b) / 2
                a, b = (m, b) if area(m) < total / 2 else (a, m)
            self.split = a
        for k in range(self.ns):
            a = (k + 0.5) * pitch
            tools.append([rot(q, a) for q in thr])
            tools.append([rot(q, a) for q in body])
        ps, ts = mesh_body((mid, r_out), span, tools, size_stator, n_mid, mid, rings=(rb,))
        # rotor
        tools = []
        rings = [rg]
        pole = 2 * pi / self.P
        sleeve = ro.get("sleeve_thickness_mm", 0.0)
        self.rot_polys = []
        base = None
        for tag, poly, d in parts:
            if tag == "rotor_air":
                base = d
                if d[1] == "arc":
                    rings.append(d[0])
                    if sleeve:
                        rings.append(rg - sleeve)
        for k in range(self.np_):
            a = (k + 0.5) * pole
            for tag, poly, d in parts:
                if tag == "rotor_air":
                    if d[1] == "bread_loaf":
                        # flat seats as wide as the magnets, and round iron through their ends between them
                        seat, _, wid = d
                        r_, b_ = np.hypot(seat, wid), atan2(wid, seat)
                        q = arc(0.8 * seat, -pole / 2, pole / 2) + arc(r_, pole / 2, b_) + arc(r_, -b_, -pole / 2)
                        tools.append([rot(z, a) for z in q])
                    continue
                if tag == "between":
                    seat, hi, half, cl, top = poly
                    # radial sides: the clearance is measured across, the same along the side
                    for lo_ in (-pole / 2, half):
                        if lo_ > 0:
                            e = [(r_, half + cl / r_) for r_ in np.linspace(seat, seat + hi, 8)]
                            q = [(r_ * cos(b_), r_ * sin(b_)) for r_, b_ in e]
                            q += arc(seat + hi, e[-1][1], pole / 2)[1:] + arc(seat, pole / 2, e[0][1])[:-1]
                        else:
                            e = [(r_, -half - cl / r_) for r_ in np.linspace(seat, seat + hi, 8)]
                            q = [(r_ * cos(b_), r_ * sin(b_)) for r_, b_ in e]
                            q += arc(seat + hi, e[-1][1], -pole / 2)[1:] + arc(seat, -pole / 2, e[0][1])[:-1]
                        q = dedupe(q)
                        q = [rot(z, a) for z in q]
                        tools.append(q); self.rot_polys.append(("iron", q, None, k))
                    continue
                q = [rot(z, a) for z in poly]
                tools.append(q)
                self.rot_polys.append((tag, q, d if d == "radial" else (None if d is None else rot(d, a)), k))
        pr, tr = mesh_body((r_in, mid), span, tools, size_rotor, n_mid, mid, rings=rings)
        self._assemble(machine, ps, ts, pr, tr, base, rg, rb, r_out, r_in)

    def unit(self):
        """What the elements on the middle circle of a sector are a multiple of, so that the rotor turns by whole nodes."""
        return self.np_ * 3 * POSITIONS

    @staticmethod
    def _area_below(main, x):
        pts = [q for q in main]
        total = 0.0
        for (x0, y0), (x1, y1) in zip(pts, pts[1:]):
            if x0 >= x:
                break
            if x1 > x:
                y1 = y0 + (y1 - y0) * (x - x0) / (x1 - x0); x1 = x
            total += (x1 - x0) * (y0 + y1) / 2
        return total

    def slot_shape(self):
        return slot_polygon(self.t["stator"])

    def _assemble(self, machine, ps, ts, pr, tr, base, rg, rb, r_out, r_in):
        pts = np.vstack([ps, pr]); tri = np.vstack([ts, tr + len(ps)])
        n1 = len(pts)
        e = np.sort(np.vstack([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]]), 1)
        uniq, inv = np.unique(e, axis=0, return_inverse=True)
        inv = inv.reshape(3, -1).T
        self.nodes = np.vstack([pts, (pts[uniq[:, 0]] + pts[uniq[:, 1]]) / 2])
        self.el = np.hstack([tri, n1 + inv])
        is_rotor = np.arange(len(tri)) >= len(ts)
        c = pts[tri].mean(1)
        r = np.hypot(c[:, 0], c[:, 1]); a = np.arctan2(c[:, 1], c[:, 0]) % (2 * pi)
        # materials: 0 air, 1 stator iron, 2 rotor iron, 3 magnet
        mat = np.zeros(len(tri), int)
        mat[~is_rotor & (r > rb)] = 1
        self.current = np.zeros((getattr(self, "phases", 3), len(tri)))
        pitch = 2 * pi / self.S
        throat, main = self.slot_shape()
        left = throat[0][0] - 0.3
        throat_poly = dedupe([(left, throat[0][1])] + throat + mirror(throat) + [(left, -throat[0][1])])
        for k in range(self.ns):
            ang = (k + 0.5) * pitch
            local = np.column_stack([c[:, 0] * cos(ang) + c[:, 1] * sin(ang), -c[:, 0] * sin(ang) + c[:, 1] * cos(ang)])
            near = ~is_rotor & (abs(((a - ang + pi) % (2 * pi)) - pi) < pitch)
            idx = np.where(near)[0]
            mat[idx[inside(throat_poly, local[idx])]] = 0
            m = idx[inside(self.body, local[idx])]
            mat[m] = 0
            area = self._areas(pts, tri)
            for slot, place, ph, s in self.sides:
                if slot % self.S != k:
                    continue
                sel = m
                if place == 1:
                    sel = m[local[m, 1] < 0]
                elif place == 2:
                    sel = m[local[m, 1] >= 0]
                elif place == 3:
                    sel = m[local[m, 0] < self.split]
                elif place == 4:
                    sel = m[local[m, 0] >= self.split]
                self.current[ph, sel] += s / area[sel].sum()
        # rotor
        rot_iron = is_rotor & (r < rg)
        self.m = np.zeros((len(tri), 2))
        if base is None:
            mat[rot_iron] = 2
        elif base[1] == "arc":
            mat[is_rotor & (r < base[0])] = 2
        else:
            # flat seats: iron up to the flats, and up to the circle through their ends between them
            pole = 2 * pi / self.P
            seat, _, wid = base
            beside = a - (np.floor(a / pole) + 0.5) * pole
            flat = abs(beside) < atan2(wid, seat)
            mat[is_rotor & np.where(flat, r * np.cos(beside) < seat, r < np.hypot(seat, wid))] = 2
        for tag, poly, d, k in self.rot_polys:
            idx = np.where(is_rotor)[0]
            hit = idx[inside(poly, c[idx])]
            mat[hit] = {"air": 0, "iron": 2, "magnet": 3}[tag]
            if tag == "magnet":
                s = 1 if k % 2 == 0 else -1
                self.m[hit] = s * (c[hit] / r[hit][:, None] if d == "radial" else np.array(d))
        self.mat = mat
        self.is_rotor = is_rotor
        # shape functions at three points
        L = np.array([[2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 6, 1 / 6, 2 / 3]])
        p0, p1, p2 = (pts[tri[:, i]] * 1e-3 for i in range(3))
        det = (p1[:, 0] - p0[:, 0]) * (p2[:, 1] - p0[:, 1]) - (p2[:, 0] - p0[:, 0]) * (p1[:, 1] - p0[:, 1])
        assert (det != 0).all()
        gl = np.stack([np.column_stack([p1[:, 1] - p2[:, 1], p2[:, 0] - p1[:, 0]]),
                       np.column_stack([p2[:, 1] - p0[:, 1], p0[:, 0] - p2[:, 0]]),
                       np.column_stack([p0[:, 1] - p1[:, 1], p1[:, 0] - p0[:, 0]])], 1) / det[:, None, None]
        self.area = abs(det) / 2
        G = []
        for l in L:
            rows = [(4 * l[i] - 1) * gl[:, i] for i in range(3)]
            for i, j in ((0, 1), (1, 2), (2, 0)):
                rows.append(4 * (l[i] * gl[:, j] + l[j] * gl[:, i]))
            G.append(np.stack(rows, 1))
        self.G = np.stack(G, 1)  # element, point, node, xy
        self.wq = self.area / 3
        # integral of shape functions: corners zero, edges a third
        self.S_int = np.hstack([np.zeros((len(tri), 3)), np.repeat(self.area[:, None] / 3, 3, 1)])
        # boundaries
        R = np.hypot(self.nodes[:, 0], self.nodes[:, 1]); A = np.arctan2(self.nodes[:, 1], self.nodes[:, 0])
        A = np.where(A < -1e-6, A + 2 * pi, A)
        self.fixed = np.zeros(len(self.nodes), bool)
        # edges on a boundary circle: their middle lies on the chord
        cnt = np.bincount(inv.ravel(), minlength=len(uniq))
        bound = np.where(cnt == 1)[0]
        Rp = np.hypot(pts[:, 0], pts[:, 1])
        for rr in (r_out, r_in):
            on = (abs(Rp[uniq[bound, 0]] - rr) < 1e-5) & (abs(Rp[uniq[bound, 1]] - rr) < 1e-5)
            for b in bound[on]:
                self.fixed[uniq[b]] = True; self.fixed[n1 + b] = True
        # the two sides of the middle circle by the order of their angles
        on = bound[(abs(Rp[uniq[bound, 0]] - self.mid) < 1e-5) & (abs(Rp[uniq[bound, 1]] - self.mid) < 1e-5)]
        self.circle = []
        stator_n = len(ps)
        for side in (0, 1):
            mine = on[(uniq[on, 0] >= stator_n) == bool(side)]
            nodes = np.unique(np.concatenate([uniq[mine].ravel(), n1 + mine]))
            ang = A[nodes]
            order = np.argsort(ang)
            self.circle.append(nodes[order])
            assert len(nodes) == 2 * self.n_mid + 1 if self.n_sect > 1 else True, (len(nodes), self.n_mid)
        # periodic partners on the radial boundaries
        self.slave = {}
        if self.n_sect > 1:
            for part in (0, 1):
                ids = np.unique(self.el[is_rotor == bool(part)])
                f = ids[abs(A[ids]) < 1e-6]; l = ids[abs(A[ids] - self.span) < 1e-6]
                f, l = f[np.argsort(R[f])], l[np.argsort(R[l])]
                assert len(f) == len(l) and np.allclose(R[f], R[l], atol=1e-5), (len(f), len(l))
                for x, y in zip(f, l):
                    self.slave[y] = x
        # laws
        self.law = {}
        for which, key in ((1, "stator_steel"), (2, "rotor_steel")):
            self.law[which] = steel(machine[key], machine.get("steels", []))
        q = machine["comparisons"][0]
        self.br, self.mur = q.get("remanence_t", 0.0), q.get("recoil_permeability", 1.0)
        self.stack = self.t["stack_length_mm"] * 1e-3
        self.A0 = None

    @staticmethod
    def _areas(pts, tri):
        p0, p1, p2 = (pts[tri[:, i]] * 1e-3 for i in range(3))
        return abs((p1[:, 0] - p0[:, 0]) * (p2[:, 1] - p0[:, 1]) - (p2[:, 0] - p0[:, 0]) * (p1[:, 1] - p0[:, 1])) / 2

    def reduce(self, k):
        """Matrix from free unknowns to nodes with the rotor turned by k elements of the circle."""
        n = len(self.nodes)
        master, sign = np.arange(n), np.ones(n)
        for s_, m_ in self.slave.items():
            master[s_], sign[s_] = m_, self.sign
        st, ro = self.circle
        period = 2 * self.n_mid
        for j in range(len(ro)):
            # rotor node j comes to lie at place j + 2k of the stator
            place = j + 2 * k
            turn, at = divmod(place, period)
            if self.n_sect == 1:
                turn = 0
            node = ro[j]
            if node in self.slave:
                continue
            master[node], sign[node] = st[at], self.sign ** (turn % 2) if self.n_sect > 1 else 1
        # chains: the slave on the rotor side follows its master
        for _ in range(3):
            # where the master is itself a slave
            change = master[master] != master
            if not change.any():
                break
            sign = np.where(change, sign * sign[master], sign)
            master = master[master]
        free = (master == np.arange(n)) & ~self.fixed
        col = np.full(n, -1); col[free] = np.arange(free.sum())
        has = col[master] >= 0
        return sp.csr_matrix((sign[has], (np.where(has)[0], col[master][has])), (n, free.sum()))

    def solve(self, id_, iq, k):
        """Flux linkages of the phases [Wb] and the gap field at a place of the rotor."""
        angle = k * self.span / self.n_mid
        theta = self.electrical(angle)
        i = [id_ * cos(theta - 2 * pi * f / 3) - iq * sin(theta - 2 * pi * f / 3) for f in range(3)]
        J = sum(i[f] * self.current[f] for f in range(3)) * self.turns / self.paths
        T = self.reduce(k)
        n = len(self.nodes)
        rhs0 = np.bincount(self.el.ravel(), (J[:, None] * self.S_int).ravel(), n)
        # the rotor stays in its own frame
        M = self.m * (self.br / (MU0 * self.mur))
        # curl: B = (dA/dy, -dA/dx); integral of M . curl(N)
        curl = np.einsum("e,eqn,e->en", self.wq, self.G[..., 1], M[:, 0]) - np.einsum("e,eqn,e->en", self.wq, self.G[..., 0], M[:, 1])
        rhs0 += np.bincount(self.el.ravel(), curl.ravel(), n)
        x = np.zeros(T.shape[1]) if self.A0 is None or len(self.A0[1]) != T.shape[1] else self.A0[1].copy()
        x, _, A = self.newton(T, rhs0, x)
        self.A0 = (k, x)
        mean = np.einsum("en,en->e", self.S_int, A[self.el])
        psi = [self.n_sect * self.stack * self.turns / self.paths * (self.current[f] @ mean) for f in range(3)]
        return np.array(psi), theta, A

    def newton(self, T, rhs0, x):
        """The unknowns, the energy less that of the currents over the length, and the potentials of the nodes."""
        f0 = T.T @ rhs0
        energy, res, nu, dnu = self.state(T @ x, rhs0)
        r = T.T @ res
        goal = 1e-8 * np.abs(f0).sum()
        for it in range(60):
            K = self.tangent(T @ x, nu, dnu)
            K = (T.T @ K @ T).tocsc()
            dx = spl.splu(K, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=dict(SymmetricMode=True)).solve(-r)
            step, slope = 1.0, r @ dx
            while True:
                e2, res2, nu2, dnu2 = self.state(T @ (x + step * dx), rhs0)
                if e2 <= energy + 1e-4 * step * slope or step < 1e-4:
                    break
                step /= 2
            x = x + step * dx
            energy, nu, dnu = e2, nu2, dnu2
            r = T.T @ res2
            if np.abs(r).sum() < goal:
                break
        else:
            raise SystemExit("no convergence")
        return x, energy, T @ x

    def field(self, A):
        g = np.einsum("eqnd,en->eqd", self.G, A[self.el])
        return np.stack([g[..., 1], -g[..., 0]], -1)

    def state(self, A, rhs):
        B = self.field(A)
        b2 = (B ** 2).sum(-1)
        nu = np.full(b2.shape, 1 / MU0); dnu = np.zeros(b2.shape); w = b2 / (2 * MU0)
        sel = self.mat == 3
        nu[sel] = 1 / (MU0 * self.mur); w[sel] = b2[sel] / (2 * MU0 * self.mur)
        for which, law in self.law.items():
            sel = self.mat == which
            nu[sel], dnu[sel], w[sel] = law(b2[sel])
        gn = self.G[..., 1] * B[..., 0][..., None] - self.G[..., 0] * B[..., 1][..., None]
        F = np.einsum("e,eq,eqn->en", self.wq, nu, gn)
        res = np.bincount(self.el.ravel(), F.ravel(), len(A)) - rhs
        return (self.wq[:, None] * w).sum() - rhs @ A, res, nu, dnu

    def tangent(self, A, nu, dnu):
        B = self.field(A)
        gn = self.G[..., 1] * B[..., 0][..., None] - self.G[..., 0] * B[..., 1][..., None]
        K = np.einsum("e,eq,eqnd,eqmd->enm", self.wq, nu, self.G, self.G, optimize=True)
        K += np.einsum("e,eq,eqn,eqm->enm", self.wq, 2 * dnu, gn, gn, optimize=True)
        n = len(A)
        return sp.coo_matrix((K.ravel(), (np.repeat(self.el, 6, 1).ravel(), np.tile(self.el, (1, 6)).ravel())), (n, n)).tocsr()

    def electrical(self, angle):
        """Electrical angle from the axis of phase A to a north pole, the rotor turned by an angle."""
        # spokes are drawn with a magnet where other rotors have a pole; the first drives the pole ahead of it
        first = 1.0 if self.kind == "spoke" else 0.5
        pole = first * 2 * pi / self.P + angle
        # a current out of the page at an angle makes flux inwards ahead of it: the axis by the sides of phase A
        z = sum(s * np.exp(1j * self.p * (k + 0.5) * 2 * pi / self.S) for k, _, f, s in self.sides if f == 0)
        # sides at +-90 degrees of the axis: + side ahead of it
        axis = np.angle(z) - pi / 2
        return self.p * pole - axis

    def at(self, A, x, y):
        """The potential at a place of the stator."""
        p = self.nodes[self.el[:, :3]]
        d = (p[:, 1, 1] - p[:, 2, 1]) * (p[:, 0, 0] - p[:, 2, 0]) + (p[:, 2, 0] - p[:, 1, 0]) * (p[:, 0, 1] - p[:, 2, 1])
        l0 = ((p[:, 1, 1] - p[:, 2, 1]) * (x - p[:, 2, 0]) + (p[:, 2, 0] - p[:, 1, 0]) * (y - p[:, 2, 1])) / d
        l1 = ((p[:, 2, 1] - p[:, 0, 1]) * (x - p[:, 2, 0]) + (p[:, 0, 0] - p[:, 2, 0]) * (y - p[:, 2, 1])) / d
        l = np.column_stack([l0, l1, 1 - l0 - l1])
        k = np.argmax(np.where(self.is_rotor, -9.0, l.min(1)))
        l = l[k]
        n = [(2 * v - 1) * v for v in l] + [4 * l[0] * l[1], 4 * l[1] * l[2], 4 * l[2] * l[0]]
        return float(np.dot(n, A[self.el[k]]))

    def sections(self, A):
        """Largest mean flux density across the middles of the teeth and behind the slots."""
        _, main = slot_polygon(self.t["stator"])
        pitch = 2 * pi / self.S
        # the straight side ends where the bottom begins
        a, b = main[0], main[1]
        m = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        r, phi = np.hypot(*m), atan2(m[1], m[0])
        width = 2 * r * sin(pitch / 2 - phi) * 1e-3
        x, out = max(q[0] for q in main), self.t["stator"]["outer_diameter_mm"] / 2
        tooth, yoke = 0.0, 0.0
        for k in range(self.ns):
            c = (k + 0.5) * pitch
            yoke = max(yoke, abs(self.at(A, x * cos(c), x * sin(c))) / ((out - x) * 1e-3))
            if k + 1 < self.ns:
                one = self.at(A, r * cos(c + phi), r * sin(c + phi))
                two = self.at(A, r * cos(c + pitch - phi), r * sin(c + pitch - phi))
            else:
                one = self.at(A, r * cos(c + phi), r * sin(c + phi))
                two = self.sign * self.at(A, r * cos(pitch / 2 - phi), r * sin(pitch / 2 - phi)) if self.n_sect > 1 \
                    else self.at(A, r * cos(pitch / 2 - phi), r * sin(pitch / 2 - phi))
            tooth = max(tooth, abs(two - one) / width)
        return tooth, yoke

    def magnets(self, A):
        """Mean flux density along the magnetisation, and those below which 5 and 1 % of the area lie."""
        sel = self.mat == 3
        along = np.einsum("eqd,ed->eq", self.field(A)[sel], self.m[sel]).ravel()
        area = np.repeat(self.wq[sel], 3)
        order = np.argsort(along)
        below = np.cumsum(area[order]) / area.sum()
        pick = lambda share: along[order][np.searchsorted(below, share)]
        return (along * area).sum() / area.sum(), pick(0.05), pick(0.01)

    def gap_fundamental(self, A):
        """Fundamental of the radial flux density in the middle of the gap at no load, by the potential there."""
        st = self.circle[0]
        n = 2 * self.n_mid
        a = A[st[:n]]
        th = np.arange(n) * self.span / n
        full = np.concatenate([a * self.sign ** q for q in range(self.n_sect)])
        tt = np.concatenate([th + q * self.span for q in range(self.n_sect)])
        c = 2 / len(full) * (full * np.exp(-1j * self.p * tt)).sum()
        return abs(c) * self.p / (self.mid * 1e-3)


def steel(said, own=()):
    lib = [*own, *json.load(open("src/material/steels.json"))["steels"]]
    row = next(s for s in lib if s["grade"] == said["grade"])
    h, b = np.array(row["bh_a_per_m_t"], float).T
    H = PchipInterpolator(b, h)
    sf = said["stacking_factor_ratio"]
    bs = np.linspace(0, b[-1], 4001)
    hs = H(bs)
    # beyond the table with the slope of vacuum
    bs = np.r_[bs, b[-1] + np.linspace(0, 3, 601)[1:]]
    hs = np.r_[hs, h[-1] + np.linspace(0, 3, 601)[1:] / MU0]
    stack = sf * bs + (1 - sf) * MU0 * hs
    law = PchipInterpolator(stack, hs)
    der, integral = law.derivative(), law.antiderivative()
    low = law(1e-3) / 1e-3

    def of(b2):
        b = np.sqrt(b2)
        safe = np.maximum(b, 1e-6)
        hh = law(safe)
        nu = np.where(b > 1e-3, hh / safe, low)
        dnu = np.where(b > 1e-3, (der(safe) - nu) / (2 * safe ** 2), 0.0)
        return nu, dnu, integral(b)
    return of


def run(machine, size, points):
    m = Model(machine, size)
    print(f"# {len(m.nodes)} nodes, {len(m.el)} triangles, sector 1/{m.n_sect}, sign {m.sign}", file=sys.stderr)
    found = []
    step = m.n_mid // (m.np_ * 3 * POSITIONS)
    for id_, iq in points:
        d, q, gap, mag, sec = [], [], [], [], []
        for j in range(POSITIONS):
            psi, th, A = m.solve(id_, iq, j * step)
            d.append(2 / 3 * sum(psi[f] * cos(th - 2 * pi * f / 3) for f in range(3)))
            q.append(-2 / 3 * sum(psi[f] * sin(th - 2 * pi * f / 3) for f in range(3)))
            gap.append(m.gap_fundamental(A))
            mag.append(m.magnets(A))
            sec.append(m.sections(A))
        d, q = np.mean(d), np.mean(q)
        out = {"id_a": id_, "iq_a": iq, "flux_linkage_d_wb": d}
        if id_ or iq:
            out |= {"flux_linkage_q_wb": q, "torque_n_m": 1.5 * m.p * (d * iq - q * id_)}
        mag, sec = np.array(mag), np.array(sec)
        out |= {"magnet_flux_density_mean_t": mag[:, 0].mean(), "magnet_flux_density_p05_t": mag[:, 1].min(),
                "magnet_flux_density_p01_t": mag[:, 2].min(), "tooth_flux_density_max_t": sec[:, 0].max(),
                "yoke_flux_density_max_t": sec[:, 1].max(), "gap_flux_density_fundamental_t": np.mean(gap)}
        out = {k: float(f"{v:.6g}") for k, v in out.items()}
        found.append(out)
    return found


if __name__ == "__main__":
    machine = json.load(open(sys.argv[1]))
    points = [tuple(float(v) for v in a.split(",")) for a in sys.argv[3:]]
    if not points:
        points = [(q["id_a"], q["iq_a"]) for q in machine["comparisons"][0]["points"]]
    t0 = time.time()
    print(json.dumps(run(machine, float(sys.argv[2]), points), indent=1))
    print(f"# {time.time() - t0:.0f} s", file=sys.stderr)
