"""Three-dimensional magnetostatics of axial-flux machines by finite elements: magnetic scalar potential.

H = T - grad(Omega) with a known T (curl T = J), nodal tetrahedra of second order (Gmsh makes the mesh), Newton with
backtracking on the coenergy, conjugate gradients preconditioned by algebraic multigrid (PyAMG).  Tooth coils enter as
T along the axis: N i / h in the tooth, falling to zero across the half slot and across the end turns.  Flux linkages
are the derivatives of the coenergy, N / h times the integral of f B_z.

One half of a sector is meshed, from the middle of a tooth and of a magnet that stand opposite, and mirrored, so that
both ends of the sector match node by node.

Only air lies beyond the inner and the outer edge; with "closed" nothing does and no flux leaves the ring, which is what
slices assume: the difference of the two on one mesh is what slices leave out.

Needs numpy, scipy, pyamg and gmsh of PyPI.  Usage, from the root of the repository:

    python3 tests/reference/edges/solve.py tests/reference/edges/MACHINE.json SIZE [SIZE ...]

with sizes of the elements in the gap in mm, the coarsest first: each mesh starts from the solution on the one before.
"""
import json, sys, time
import numpy as np, scipy.sparse as sp, scipy.sparse.linalg as spl
import pyamg
from scipy.interpolate import PchipInterpolator

MU0 = 4e-7 * np.pi


def mesh(m, h0, growth):
    import gmsh
    gmsh.initialize(); gmsh.option.setNumber("General.Terminal", 0)
    occ = gmsh.model.occ
    s, r = m["stator"], m["rotor"]
    r1, r2, g = m["inner_mm"] / 2, m["outer_mm"] / 2, m["gap_mm"]
    span = m["half_sector_deg"] * np.pi / 180
    hm, hb = r["magnet_mm"], r["iron_mm"]
    inside = r.get("interior")
    piece = inside["piece_mm"] if inside else 0
    zs = piece + hm
    top = g + s["tip_mm"] + s["wedge_mm"] + s["main_mm"]
    back = top + s["yoke_mm"]
    air = m["air_mm"]
    rin, rout = max(r1 - air, 3.0), r2 + air
    zlo, zhi = -zs - hb - air, (back if m["mirror"] else back + air)

    def ring(a, b, z0, z1, phi0, phi1):
        outer = occ.addCylinder(0, 0, z0, 0, 0, z1 - z0, b, angle=phi1 - phi0)
        inner = occ.addCylinder(0, 0, z0, 0, 0, z1 - z0, a, angle=phi1 - phi0)
        out, _ = occ.cut([(3, outer)], [(3, inner)])
        if phi0:
            occ.rotate(out, 0, 0, 0, 0, 0, 1, phi0)
        return out

    parts = [*ring(rin, rout, zlo, zhi, 0, span)]
    tools = []
    tools += ring(r1, r2, -zs - hb, -zs, 0, span)
    if inside:
        tools += ring(r1, r2, -zs, 0, 0, span)
    tools += ring(r1, r2, 0, g / 2, 0, span)
    tools += ring(r1, r2, g / 2, g, 0, span)
    tools += ring(r1, r2, g, back, 0, span)
    # the axial extent of the coils, from the inner to the outer end turns
    e = s["width_mm"] / 2
    tools += ring(max(r1 - e, rin + 0.5), r1, g + s["tip_mm"] + s["wedge_mm"], top, 0, span)
    tools += ring(r2, r2 + e, g + s["tip_mm"] + s["wedge_mm"], top, 0, span)
    pole, slot = np.pi / r["poles"], 2 * np.pi / s["slots"]
    k = 0
    while inside and 2 * k * pole < span + pole:
        # a magnet with parallel sides and the barriers beside it
        half, wide = r["width_mm"] / 2, r["width_mm"] / 2 + inside["barrier_mm"]
        for y0, y1, z1 in ((-half, half, -piece), (half, wide, -inside["bridge_mm"]), (-wide, -half, -inside["bridge_mm"])):
            box = occ.addBox(0, y0, -zs, r2 + 1, y1 - y0, z1 + zs)
            occ.rotate([(3, box)], 0, 0, 0, 0, 0, 1, 2 * k * pole)
            cut, _ = occ.intersect([(3, box)], ring(r1, r2, -zs, z1, 0, span))
            tools += cut
        k += 1
    k = 0
    while not inside and 2 * k * pole < span + pole:
        a0, a1 = (2 * k - r["arc"]) * pole, (2 * k + r["arc"]) * pole
        a0, a1 = max(a0, 0), min(a1, span)
        if a1 - a0 > 1e-9:
            tools += ring(r1, r2, -hm, 0, a0, a1)
        k += 1
    k = 0
    while (k + 0.5) * slot < span + slot / 2:
        w, b = s["width_mm"] / 2, s["opening_mm"] / 2
        z = [g, g + s["tip_mm"], g + s["tip_mm"] + s["wedge_mm"], top]
        pts = [(-b, z[0]), (b, z[0]), (b, z[1]), (w, z[2]), (w, z[3]), (-w, z[3]), (-w, z[2]), (-b, z[1])]
        clean = [p for i, p in enumerate(pts) if p != pts[i - 1]]
        tags = [occ.addPoint(r1 - e - 0.0, v, zz) for v, zz in clean]
        lines = [occ.addLine(tags[i], tags[(i + 1) % len(tags)]) for i in range(len(tags))]
        face = occ.addPlaneSurface([occ.addCurveLoop(lines)])
        solid = occ.extrude([(2, face)], r2 - r1 + 2 * e + 2, 0, 0)
        solid = [d for d in solid if d[0] == 3]
        occ.rotate(solid, 0, 0, 0, 0, 0, 1, (k + 0.5) * slot)
        # only what lies in the core is slot
        cut, _ = occ.intersect(solid, ring(r1, r2, g, back, 0, span))
        tools += cut
        k += 1
    occ.fragment(parts, tools)
    occ.synchronize()
    f = gmsh.model.mesh.field
    t = f.add("MathEval")
    dz = f"Max(Max(z-{g},{-max(1.0, piece)}-z),0)"
    dr = f"Max(Max(Sqrt(x*x+y*y)-{r2},{r1}-Sqrt(x*x+y*y)),0)"
    # the edges of the magnets along the radius are meshed as finely as the gap
    f.setString(t, "F", f"{h0}+{growth}*({dz}+1.2*{dr})")
    f.setAsBackgroundMesh(t)
    for o in ("MeshSizeExtendFromBoundary", "MeshSizeFromPoints", "MeshSizeFromCurvature"):
        gmsh.option.setNumber("Mesh." + o, 0)
    gmsh.option.setNumber("Mesh.Algorithm3D", 1)
    gmsh.option.setNumber("Mesh.Optimize", 1)
    gmsh.model.mesh.generate(3)
    tags, xyz, _ = gmsh.model.mesh.getNodes()
    xyz = xyz.reshape(-1, 3)
    index = np.zeros(int(tags.max()) + 1, int); index[tags.astype(int)] = np.arange(len(tags))
    _, nodes = gmsh.model.mesh.getElementsByType(4)
    tets = index[nodes.astype(int)].reshape(-1, 4)
    gmsh.finalize()
    used = np.unique(tets)
    new = np.full(len(xyz), -1); new[used] = np.arange(len(used))
    return xyz[used], new[tets], span


class Model:
    def __init__(self, m, h0, growth=0.3):
        self.m = m
        p, t, span = mesh(m, h0, growth)
        s, r = m["stator"], m["rotor"]
        if m.get("closed"):
            # nothing leaves the ring: what the slices assume
            rho = np.hypot(p[:, 0], p[:, 1])[t]
            a, b = m["inner_mm"] / 2, m["outer_mm"] / 2
            inside = (rho.min(1) > a - 1e-6) & (rho.max(1) < b + 1e-6)
            inside &= ~(rho > b - 1e-6).all(1) & ~(rho < a + 1e-6).all(1)
            t = t[inside]
            used = np.unique(t); new = np.full(len(p), -1); new[used] = np.arange(len(used))
            p, t = p[used], new[t]
        tol = 1e-6
        phi = np.arctan2(p[:, 1], p[:, 0])
        n = len(p)
        # second half: mirrored; nodes on phi = 0 are shared
        on0 = np.abs(p[:, 1]) < tol
        twin = np.where(on0, np.arange(n), n + np.cumsum(~on0) - 1)
        q = p[~on0] * [1, -1, 1]
        self.p = np.vstack([p, q])
        t2 = twin[t]
        self.t = np.vstack([t, t2[:, [1, 0, 2, 3]]])
        self.edge_nodes()
        x = self.x
        onend = np.abs(np.abs(np.arctan2(x[:, 1], x[:, 0])) - span) < 1e-7
        # slave = node at -span, master its mirror image at +span
        low = np.where(onend & (x[:, 1] < 0))[0]
        high = np.where(onend & (x[:, 1] > 0))[0]
        key = lambda i: np.round(x[i][:, [0, 2]] * 1e5).astype(np.int64)
        order = {tuple(k): i for k, i in zip(key(high).tolist(), high)}
        master = np.array([order[tuple(k)] for k in key(low).tolist()])
        assert len(low) == len(high)
        N = len(x)
        dof = np.arange(N); sign = np.ones(N)
        dof[low] = master; sign[low] = m["sign"]
        fixed = np.zeros(N, bool)
        if m["mirror"]:
            s_ = m["stator"]
            ztop = m["gap_mm"] + s_["tip_mm"] + s_["wedge_mm"] + s_["main_mm"] + s_["yoke_mm"]
            fixed = np.abs(x[:, 2] - ztop) < 1e-6
        else:
            fixed[np.argmax(x[:, 2])] = m["sign"] > 0
        free = np.unique(dof[~fixed[dof]])
        num = np.full(N, -1); num[free] = np.arange(len(free))
        keep = num[dof] >= 0
        self.P = sp.csr_matrix((sign[keep], (np.where(keep)[0], num[dof][keep])), (N, len(free)))
        self.classify(); self.shape(); self.coils()
        print(f"{len(self.t)} tetrahedra, {len(free)} unknowns", flush=True)

    def edge_nodes(self):
        t = self.t
        pairs = np.array([[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
        e = np.sort(t[:, pairs].reshape(-1, 2), axis=1)
        u, inv = np.unique(e[:, 0].astype(np.int64) * len(self.p) + e[:, 1], return_inverse=True)
        mid = 0.5 * (self.p[u // len(self.p)] + self.p[u % len(self.p)])
        self.e = np.hstack([t, inv.reshape(-1, 6) + len(self.p)])
        self.x = np.vstack([self.p, mid])

    def classify(self):
        m, s, r = self.m, self.m["stator"], self.m["rotor"]
        c = self.p[self.t].mean(axis=1)
        rho, phi, z = np.hypot(c[:, 0], c[:, 1]), np.arctan2(c[:, 1], c[:, 0]), c[:, 2]
        r1, r2, g = m["inner_mm"] / 2, m["outer_mm"] / 2, m["gap_mm"]
        tip, top = g + s["tip_mm"] + s["wedge_mm"], g + s["tip_mm"] + s["wedge_mm"] + s["main_mm"]
        # circles are faceted: a tetrahedron belongs to the ring if all of its corners do
        v = self.p[self.t]; rv = np.hypot(v[..., 0], v[..., 1])
        ring = (rv.max(1) < r2 + 1e-6) & (rv.min(1) > r1 - 1e-6) & ~((rv > r2 - 1e-6).all(1)) & ~((rv < r1 + 1e-6).all(1))
        pole = np.pi / r["poles"]
        k = np.round(phi / (2 * pole)); off = np.abs(phi - 2 * k * pole)
        inside = r.get("interior")
        if inside:
            zs, beside = inside["piece_mm"] + r["magnet_mm"], np.abs(rho * np.sin(off))
            self.magnet = ring & (z < -inside["piece_mm"]) & (z > -zs) & (beside < r["width_mm"] / 2)
            barrier = (beside > r["width_mm"] / 2) & (beside < r["width_mm"] / 2 + inside["barrier_mm"])
            barrier &= (z < -inside["bridge_mm"]) & (z > -zs)
        else:
            self.magnet = ring & (z < 0) & (z > -r["magnet_mm"]) & (off < r["arc"] * pole)
        self.polarity = np.where(k.astype(int) % 2 == 0, 1.0, -1.0)
        if inside:
            self.rotor_iron = ring & (z < 0) & (z > -zs - r["iron_mm"]) & ~self.magnet & ~barrier
        else:
            self.rotor_iron = ring & (z < -r["magnet_mm"]) & (z > -r["magnet_mm"] - r["iron_mm"])
        slot = 2 * np.pi / s["slots"]
        j = np.floor(phi / slot) + 0.5
        across = np.abs(rho * np.sin(phi - j * slot))
        half = np.where(z < g + s["tip_mm"], s["opening_mm"] / 2, s["width_mm"] / 2)
        w = (z >= g + s["tip_mm"]) & (z < tip)
        if s["wedge_mm"] > 0:
            ramp = s["opening_mm"] / 2 + (s["width_mm"] - s["opening_mm"]) / 2 * (z - g - s["tip_mm"]) / s["wedge_mm"]
            half = np.where(w, ramp, half)
        inslot = (across < half) & (z > g) & (z < top)
        self.stator_iron = ring & (z > g) & (z < top + s["yoke_mm"]) & ~inslot
        self.coil_z = (z > tip) & (z < top)
        self.gapel = ring & (z > 0) & (z < g)

    def shape(self):
        a, b = 0.58541020, 0.13819660
        L = np.full((4, 4), b); np.fill_diagonal(L, a)
        v = self.p[self.t] * 1e-3
        J = np.stack([v[:, i] - v[:, 0] for i in (1, 2, 3)], axis=1)  # rows: edges
        det = np.linalg.det(J)
        inv = np.linalg.inv(J)  # columns: gradients of L1..L3
        G = np.concatenate([-(inv.sum(axis=2))[:, :, None], inv], axis=2)  # (n,3,4)
        self.vol = np.abs(det) / 6
        pairs = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
        grads = np.empty((4, len(v), 3, 10))
        for q in range(4):
            for i in range(4):
                grads[q, :, :, i] = (4 * L[q, i] - 1) * G[:, :, i]
            for n, (i, j) in enumerate(pairs):
                grads[q, :, :, 4 + n] = 4 * (L[q, i] * G[:, :, j] + L[q, j] * G[:, :, i])
        self.grads = grads
        self.gp = np.einsum("qi,nij->qnj", L, self.p[self.t])  # mm

    def coils(self):
        m, s = self.m, self.m["stator"]
        slot = 2 * np.pi / s["slots"]
        e = s["width_mm"] / 2
        x, y = self.gp[..., 0], self.gp[..., 1]
        rho, phi = np.hypot(x, y), np.arctan2(y, x)
        r1, r2 = m["inner_mm"] / 2, m["outer_mm"] / 2
        radial = np.clip(np.minimum((r2 + e - rho), (rho - r1 + e)) / e, 0, 1)
        k = np.round(phi / slot)
        off = np.abs(phi - k * slot)
        across = rho * np.sin(slot / 2 - off)
        f = np.clip(across / e, 0, 1) * radial
        f[:, ~self.coil_z] = 0.0
        self.f, self.tooth = f, k.astype(int)
        self.h = s["main_mm"] * 1e-3
        self.teeth = sorted(m["teeth"])  # tooth -> (phase, sign)

    def law(self):
        steels = json.load(open("src/material/steels.json"))["steels"]
        table = next(s["bh_a_per_m_t"] for s in steels if s["grade"] == self.m["steel"])
        H, B = np.array(table).T
        fine = np.linspace(0, B[-1], 4000)
        h = PchipInterpolator(B, H)(fine)
        far = np.array([1e3, 1e5, 1e7])
        h = np.concatenate([h, h[-1] + far]); b = np.concatenate([fine, fine[-1] + MU0 * far])
        st = self.m["stacking"]
        b = st * b + (1 - st) * MU0 * h
        W = np.concatenate([[0], np.cumsum(0.5 * (b[1:] + b[:-1]) * np.diff(h))])
        self.tab = (h, b, W)

    def material(self, H):
        """B, d B/d H along H and across, coenergy density, for all Gauss points: H (4, n, 3)."""
        B = MU0 * H
        W = 0.5 * MU0 * (H ** 2).sum(-1)
        D = np.broadcast_to(MU0 * np.eye(3), H.shape + (3,)).copy()
        mg = self.magnet
        mu = self.m["recoil"] * MU0
        br = np.zeros((mg.sum(), 3)); br[:, 2] = self.m["remanence_t"] * self.polarity[mg]
        B[:, mg] = mu * H[:, mg] + br
        W[:, mg] = 0.5 * mu * (H[:, mg] ** 2).sum(-1) + (H[:, mg] * br).sum(-1)
        D[:, mg] = mu * np.eye(3)
        h, b, w = self.tab
        for part, flat in ((self.rotor_iron, self.m.get("rotor_laminated")), (self.stator_iron, self.m.get("stator_laminated"))):
            Hi = H[:, part].copy()
            if flat:
                g = self.gp[:, part]
                er = g * [1, 1, 0]; er = er / np.linalg.norm(er, axis=-1, keepdims=True)
                hr = (Hi * er).sum(-1, keepdims=True)
                Hi = Hi - hr * er
            a = np.maximum(np.linalg.norm(Hi, axis=-1), 1e-9)
            i = np.clip(np.searchsorted(h, a) - 1, 0, len(h) - 2)
            slope = (b[i + 1] - b[i]) / (h[i + 1] - h[i])
            bb = b[i] + slope * (a - h[i])
            ww = w[i] + 0.5 * (b[i] + bb) * (a - h[i])
            u = Hi / a[..., None]
            mu_s = bb / a
            Bi = mu_s[..., None] * Hi
            uu = u[..., :, None] * u[..., None, :]
            I = np.eye(3)
            if flat:
                across = MU0 / (1 - self.m["stacking"])
                rr = er[..., :, None] * er[..., None, :]
                Bi = Bi + across * hr * er
                ww = ww + 0.5 * across * hr[..., 0] ** 2
                Di = mu_s[..., None, None] * (I - rr) + (slope - mu_s)[..., None, None] * uu + across * rr
            else:
                Di = mu_s[..., None, None] * I + (slope - mu_s)[..., None, None] * uu
            B[:, part], W[:, part], D[:, part] = Bi, ww, Di
        return B, D, W

    def field(self, om):
        u = (self.P @ om)[self.e]
        H = self.T.copy()
        H -= np.einsum("qndi,ni->qnd", self.grads, u)
        return H

    def functional(self, om):
        B, D, W = self.material(self.field(om))
        w = self.vol / 4
        return (W * w).sum(), B, D

    def residual(self, B):
        r = -np.einsum("qndi,qnd,n->ni", self.grads, B, self.vol / 4, optimize=True)
        return self.P.T @ np.bincount(self.e.ravel(), r.ravel(), self.x.shape[0])

    def jacobian(self, D):
        K = np.zeros((len(self.e), 10, 10))
        for q in range(4):
            DG = np.matmul(D[q], self.grads[q]) * (self.vol / 4)[:, None, None]
            K += np.matmul(self.grads[q].transpose(0, 2, 1), DG)
        rows = np.repeat(self.e, 10, axis=1).ravel().astype(np.int32); cols = np.tile(self.e, (1, 10)).ravel().astype(np.int32)
        A = sp.csr_matrix((K.ravel(), (rows, cols)), (self.x.shape[0],) * 2)
        return (self.P.T @ A @ self.P).tocsr()

    def linear(self, A, rhs, tol):
        """Conjugate gradients, preconditioned by a smoother on all nodes and multigrid on the corners."""
        ml = getattr(self, "ml", None)
        if ml is None or self.its > 60:
            s = 1 / np.sqrt(A.diagonal()); self.s = s
            As = sp.diags(s) @ A @ sp.diags(s)
            self.ml = pyamg.smoothed_aggregation_solver(As.tocsr(), symmetry="symmetric", max_coarse=500,
                                                         presmoother=("gauss_seidel", {"sweep": "symmetric"}),
                                                         postsmoother=("gauss_seidel", {"sweep": "symmetric"}))
        s = self.s
        As = (sp.diags(s) @ A @ sp.diags(s)).tocsr()
        M = self.ml.aspreconditioner()
        n = [0]
        def count(_): n[0] += 1
        y, info = spl.cg(As, s * rhs, rtol=tol, maxiter=400, M=M, callback=count)
        self.its = n[0]
        return s * y

    def solve(self, currents, start=None, settle=True):
        self.law()
        self.secant = None
        if start is not None and settle:
            H, iron = self.field(start), self.rotor_iron | self.stator_iron
            self.secant = np.abs((self.B[:, iron] * H[:, iron]).sum(-1)) / np.maximum((H[:, iron] ** 2).sum(-1), 1e-12)
        amp = np.zeros(self.tooth.shape)
        for k, (ph, sg) in self.m["teeth"].items():
            amp += np.where(self.tooth == int(k), sg * currents[ph], 0.0)
        n_turns = self.m["turns"]
        self.T = np.zeros(self.tooth.shape + (3,))
        self.T[..., 2] = self.f * amp * n_turns / self.h
        om = np.zeros(self.P.shape[1]) if start is None else start.copy()
        self.ml, self.its = None, 0
        t0 = time.time()
        W, B, D = self.functional(om)
        if start is None:  # linear start
            lin = D.copy()
            iron = self.rotor_iron | self.stator_iron
            lin[:, iron] = 1000 * MU0 * np.eye(3)
            H = self.field(om)
            Bl = np.einsum("qnij,qnj->qni", lin, H)
            br = np.zeros_like(Bl); br[:, self.magnet, 2] = self.m["remanence_t"] * self.polarity[self.magnet]
            Bl += br
            om = om - self.linear(self.jacobian(lin), self.residual(Bl), 1e-3)
            self.ml = None
            W, B, D = self.functional(om)
        elif settle:  # permeabilities of the start, for the new currents
            for _ in range(2):
                W, B, D = self.functional(om)
                H = self.field(om)
                iron = self.rotor_iron | self.stator_iron
                lin = D.copy()
                mu = (B[:, iron] * H[:, iron]).sum(-1) / np.maximum((H[:, iron] ** 2).sum(-1), 1e-12)
                if self.secant is not None:
                    mu = np.sqrt(mu * self.secant)
                self.secant = mu
                lin[:, iron] = mu[..., None, None] * np.eye(3)
                Bl = np.einsum("qnij,qnj->qni", lin, H)
                Bl[:, self.magnet, 2] += self.m["remanence_t"] * self.polarity[self.magnet]
                om = om - self.linear(self.jacobian(lin), self.residual(Bl), 1e-3)
                self.ml = None
            W, B, D = self.functional(om)
        first = None
        for it in range(60):
            r = self.residual(B)
            norm = np.linalg.norm(r)
            if first is None:
                first = np.linalg.norm(self.residual(self.material(self.T * 1.0)[0]))
            if norm < 3e-5 * first:
                break
            d = -self.linear(self.jacobian(D), r, 3e-2 if norm > 3e-2 * first else 1e-2)
            slope, step = r @ d, 1.0
            while True:
                W1, B1, D1 = self.functional(om + step * d)
                if W1 <= W + 1e-4 * step * slope + 1e-12 * abs(W) or step < 1e-4:
                    break
                step *= 0.5
            om, W, B, D = om + step * d, W1, B1, D1
            print(f"  {it} residual {norm / first:.2e} step {step} cg {self.its} {time.time() - t0:.0f} s", flush=True)
        self.B = B
        return om

    def linkages(self):
        """d and q linkage of the whole machine."""
        m = self.m
        w = self.vol / 4
        psi = {}
        for k, (ph, sg) in m["teeth"].items():
            lam = (np.where(self.tooth == int(k), self.f, 0) * self.B[..., 2] * w).sum() * m["turns"] / self.h
            psi[ph] = psi.get(ph, 0) + sg * lam
        d = q = 0
        for ph, a in m["axes_deg"].items():
            a = np.radians(a)
            d += 2 / 3 * psi[ph] * np.cos(a); q += 2 / 3 * psi[ph] * np.cos(a - np.pi / 2)
        k = m["sectors"] * (m.get("linkage_factor", 1))
        return d * k, q * k

    def more(self):
        m = self.m
        out = {}
        mg = self.magnet
        along = (self.B[:, mg, 2] * self.polarity[mg]).ravel()
        vol = np.tile(self.vol[mg] / 4, 4)
        o = np.argsort(along); c = np.cumsum(vol[o]) / vol.sum()
        out["magnet_p01"] = float(along[o][np.searchsorted(c, 0.01)])
        out["magnet_p05"] = float(along[o][np.searchsorted(c, 0.05)])
        out["magnet_mean"] = float((along * vol).sum() / vol.sum())
        pp = m["rotor"]["poles"] / 2
        ge = self.gapel
        g = self.gp[:, ge]; B = self.B[:, ge, 2]; w = np.broadcast_to(self.vol[ge] / 4, B.shape)
        rho, phi = np.hypot(g[..., 0], g[..., 1]), np.arctan2(g[..., 1], g[..., 0])
        r1, r2 = m["inner_mm"] / 2, m["outer_mm"] / 2
        prof = []
        n = m.get("bins", 10)
        for i in range(n):
            sel = (rho >= r1 + (r2 - r1) * i / n) & (rho < r1 + (r2 - r1) * (i + 1) / n)
            c, s = np.cos(pp * phi[sel]), np.sin(pp * phi[sel]); ww = w[sel]
            amp = lambda t: (B[sel] * t * ww).sum() / (ww * t * t).sum()
            prof.append(float(np.hypot(amp(c), amp(s))))
        out["gap_fundamental_by_radius"] = [round(x, 4) for x in prof]
        out["gap_fundamental_mean"] = float(np.mean(prof))
        out.update(self.sections())
        return out

    def sections(self):
        """Largest means over the sections of teeth and yokes in five rings of equal width [T]."""
        m = self.m
        s, r = m["stator"], m["rotor"]
        r1, r2 = m["inner_mm"] / 2, m["outer_mm"] / 2
        slot, pole = 2 * np.pi / s["slots"], np.pi / r["poles"]
        x, y, z = self.gp[..., 0], self.gp[..., 1], self.gp[..., 2]
        rho, phi = np.hypot(x, y), np.arctan2(y, x)
        w = np.broadcast_to(self.vol / 4, rho.shape)
        bphi = (self.B[..., 1] * x - self.B[..., 0] * y) / rho
        top = m["gap_mm"] + s["tip_mm"] + s["wedge_mm"] + s["main_mm"]

        def most(mask, b):
            best = 0.0
            for i in range(5):
                sel = mask & (rho >= r1 + (r2 - r1) * i / 5) & (rho < r1 + (r2 - r1) * (i + 1) / 5)
                if sel.sum() > 8:
                    best = max(best, abs((b[sel] * w[sel]).sum() / w[sel].sum()))
            return float(best)

        iron = np.broadcast_to(self.stator_iron, rho.shape)
        last = np.radians(m["half_sector_deg"]) / slot
        k = np.round(phi / slot)
        teeth = [t for t in np.unique(k) if abs(t) + 0.5 <= last + 1e-6]
        depth = np.linspace(m["gap_mm"] + s["tip_mm"] + s["wedge_mm"], top, 6)
        tooth = max(most(iron & (k == t) & (z > a) & (z < b), self.B[..., 2]) for t in teeth for a, b in zip(depth, depth[1:]))
        behind = lambda t, step: np.abs(phi - t * step) < np.radians(2)
        half = np.arange(-int(last) - 0.5, last + 0.5)
        yoke = max([most(iron & (z > top) & behind(t, slot), bphi) for t in half], default=0.0) if s["yoke_mm"] else None
        seat = r["magnet_mm"] + (r["interior"]["piece_mm"] if "interior" in r else 0)
        back = np.broadcast_to(self.rotor_iron, rho.shape) & (z < -seat)
        count = int(np.radians(m["half_sector_deg"]) / pole / 2 + 0.5)
        rotor = max(most(back & behind(t, 2 * pole), bphi) for t in np.arange(-count - 0.5, count + 1))
        return {"tooth": tooth, "yoke": yoke, "rotor_yoke": rotor}


def carried(coarse, values, fine):
    """The potential of a coarser mesh at the nodes of a finer one: the start of the iteration there."""
    from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator
    u = coarse.P @ values
    corner = len(coarse.p)
    x = fine.x
    got = LinearNDInterpolator(coarse.p, u[:corner])(x)
    lost = np.isnan(got)
    got[lost] = NearestNDInterpolator(coarse.p, u[:corner])(x[lost])
    # the master of every unknown
    first = np.full(fine.P.shape[1], -1)
    c = fine.P.tocoo(); good = c.data > 0
    first[c.col[good]] = c.row[good]
    return got[first]


def main():
    m = json.load(open(sys.argv[1]))
    sizes = [float(a) for a in sys.argv[2:]]
    below, found = None, []
    for h0 in sizes:
        model = Model(m, h0, m.get("growth", 0.3))
        now, om, res = [], None, []
        for n, (i_d, i_q) in enumerate(m["points"]):
            cur = {ph: i_d * np.cos(np.radians(a)) + i_q * np.cos(np.radians(a - 90)) for ph, a in m["axes_deg"].items()}
            t0 = time.time()
            start = om if below is None else carried(below, found[n], model)
            om = model.solve(cur, start, below is None)
            now.append(om)
            d, q = model.linkages()
            row = {"id": i_d, "iq": i_q, "psi_d": d, "psi_q": q, "torque": 1.5 * m["rotor"]["poles"] / 2 * (d * i_q - q * i_d),
                   **model.more(), "s": time.time() - t0, "h0": h0, "tets": len(model.t)}
            print(json.dumps(row), flush=True)
            res.append(row)
        below, found = model, now


main()
