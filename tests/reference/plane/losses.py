"""Losses of iron and magnets from the plane finite elements of solve.py, on the same currents as another model had.

The machine turns through half an electrical period by whole nodes.  Iron: hysteresis of the loops of the flux density along
its two main axes and the classical eddy currents of its derivative, by the two-term law of the steel of the reference.  Magnets:
dA/dt less its mean over each of them (no net current), as long as their own field is small.

    python3 tests/reference/plane/losses.py MACHINE.json SIZE SPEED_RPM STEPS id,iq
    python3 tests/reference/plane/losses.py MACHINE.json SIZE SPEED_RPM STEPS CURRENTS.json id,iq

with the size of the elements over the gap, the steps of half a period, and d and q currents in A; with currents of the three
phases at those steps (phases_a) the rotor stands where their fundamental has these d and q currents.
"""
import json, sys, time
import numpy as np
from math import pi
import solve


class Turning(solve.Model):
    """Whole circumference, meshed so that half an electrical period is whole nodes."""
    THROUGH, GROW = 4, 0.25

    def __init__(self, machine, size, steps):
        self.steps = steps
        super().__init__(machine, size)
        assert self.n_sect == 1
        self.step = self.n_mid // (self.P * steps)

    def unit(self):
        return self.np_ * self.steps

    def fields(self, currents, k):
        """Potentials with currents of the phases [A], the rotor turned by k nodes."""
        J = sum(currents[f] * self.current[f] for f in range(3)) * self.turns / self.paths
        n = len(self.nodes)
        rhs = np.bincount(self.el.ravel(), (J[:, None] * self.S_int).ravel(), n)
        M = self.m * (self.br / (solve.MU0 * self.mur))
        curl = np.einsum("e,eqn,e->en", self.wq, self.G[..., 1], M[:, 0]) - np.einsum("e,eqn,e->en", self.wq, self.G[..., 0], M[:, 1])
        rhs += np.bincount(self.el.ravel(), curl.ravel(), n)
        T = self.reduce(k)
        x = np.zeros(T.shape[1]) if self.A0 is None else self.A0.copy()
        x, _, A = self.newton(T, rhs, x)
        self.A0 = x
        return A


def loops(wave):
    """Half of the reach of every loop of a closed wave (rain flow of a history that repeats)."""
    first = int(np.argmax(wave))
    turn, found, at = np.r_[wave[first:], wave[:first + 1]], [], []
    for v in turn:
        if len(at) > 1 and (at[-1] - at[-2]) * (v - at[-1]) >= 0:
            at.pop()
        at.append(v)
        while len(at) > 2 and abs(at[-1] - at[-2]) >= abs(at[-2] - at[-3]):
            found.append(abs(at[-2] - at[-3]) / 2)
            del at[-3:-1]
    return found


def hysteresis(bx, by):
    """Sum of the squares of the loops along the axes of the moments, place by place."""
    out = np.zeros(bx.shape[1])
    for e in range(bx.shape[1]):
        x, y = bx[:, e], by[:, e]
        u, v = x - x.mean(), y - y.mean()
        a = 0.5 * np.arctan2(2 * (u * v).sum(), (u * u).sum() - (v * v).sum())
        c, s = np.cos(a), np.sin(a)
        out[e] = sum(q * q for q in loops(c * x + s * y)) + sum(q * q for q in loops(c * y - s * x))
    return out


def main(machine, size, rpm, steps, phases, dq):
    m = Turning(machine, size, steps)
    p = m.p
    f = p * rpm / 60
    dt = 1 / (2 * f * steps)
    print(f"# {len(m.nodes)} nodes, {len(m.el)} triangles, {m.n_mid} around", file=sys.stderr)
    first = 0
    if phases is not None:
        i = np.asarray(phases)
        s = 2 / 3 * (i[:, 0] + i[:, 1] * np.exp(2j * pi / 3) + i[:, 2] * np.exp(-2j * pi / 3))
        assert len(s) == steps
        c = (s * np.exp(-1j * pi * np.arange(steps) / steps)).mean()
        theta = np.angle(c) - np.angle(complex(*dq))
        node = 2 * pi / m.n_mid
        first = round(((theta - m.electrical(0.0)) % (2 * pi)) / p / node)
        off = (m.electrical(first * node) - theta + pi) % (2 * pi) - pi
        print(f"# fundamental {abs(c):.4f} A, dq {abs(complex(*dq)):.4f} A, rotor off by {off * 180 / pi:.2f} electrical degrees", file=sys.stderr)
    iron = {w: m.mat == w for w in (1, 2)}
    mags = m.mat == 3
    bx, by, a_mag, lam = {1: [], 2: []}, {1: [], 2: []}, [], []
    L = np.array([[2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 6, 1 / 6, 2 / 3]])
    N = np.array([[*(2 * l * l - l), *(4 * l[[0, 1, 2]] * l[[1, 2, 0]])] for l in L])
    for k in range(steps + 1):
        turned = first + k * m.step
        if phases is not None:
            now = phases[k] if k < steps else [-v for v in phases[0]]
        else:
            th = m.electrical(turned * 2 * pi / m.n_mid)
            now = [dq[0] * np.cos(th - 2 * pi * q / 3) - dq[1] * np.sin(th - 2 * pi * q / 3) for q in range(3)]
        A = m.fields(now, turned)
        B = m.field(A)
        for w in (1, 2):
            bx[w].append(B[iron[w], :, 0].ravel()); by[w].append(B[iron[w], :, 1].ravel())
        a_mag.append(np.einsum("en,qn->eq", A[m.el[mags]], N).ravel())
        print(f"# {k} of {steps}", file=sys.stderr)
    fit = next(s for s in machine["steels"] if s["grade"] == machine["stator_steel"]["grade"])
    rho, law = fit["density_kg_per_m3"], fit["loss_fit"]
    kh, kc = law["hysteresis"] * rho, law["eddy"] * rho
    sf = machine["stator_steel"]["stacking_factor_ratio"]
    out = {}
    for w, name in ((1, "stator"), (2, "rotor")):
        vol = np.repeat(m.wq[iron[w]], 3) * m.stack
        x, y = np.array(bx[w]), np.array(by[w])
        rate = ((np.diff(x, axis=0) ** 2 + np.diff(y, axis=0) ** 2) / dt ** 2).mean(0)
        eddy = kc / (2 * pi ** 2) * (rate * vol).sum()
        if w == 1:
            # the other half of the period has the opposite sign
            X, Y = np.vstack([x[:-1], -x[:-1]]), np.vstack([y[:-1], -y[:-1]])
            k = np.fft.fftfreq(2 * steps, 1 / (2 * steps))
            spectral = kc / (2 * pi ** 2) * sum(
                ((2 * pi * f * np.abs(k)) ** 2 * (np.abs(np.fft.fft(c, axis=0)) / (2 * steps)).T ** 2).sum(1) @ vol for c in (X, Y))
            mid, whole = lambda c: c.reshape(len(c), -1, 3).mean(2), vol.reshape(-1, 3).sum(1)
            hyst, peak = kh * f * hysteresis(mid(X), mid(Y)) @ whole, kh * f * (np.hypot(x, y).max(0) ** 2) @ vol
            out[name + "_eddy_every_harmonic"] = spectral
            out[name + "_hysteresis_of_the_longest"] = peak
        else:
            # what the rotor sees repeats after a slot pitch at no load; of the window the loops
            window = min(steps, round(steps * m.P / m.S)) if dq == (0, 0) else steps
            hyst = kh * hysteresis(x[:window], y[:window]) @ vol / (window * dt)
        out |= {name + "_hysteresis": hyst, name + "_eddy": eddy, name + "_largest_t": np.hypot(x, y).max()}
    raw = sum(out[k] for k in ("stator_hysteresis", "stator_eddy", "rotor_hysteresis", "rotor_eddy"))
    out["iron_w_flux_density_of_the_stack_as_of_solid_steel"] = raw
    out["iron_w_flux_density_of_the_steel"] = raw / sf
    area = np.repeat(m.wq[mags], 3)
    place = np.einsum("eni,qn->eqi", m.nodes[m.el[mags]], N).reshape(-1, 2)
    which = np.floor(np.arctan2(place[:, 1], place[:, 0]) % (2 * pi) / (2 * pi / m.P)).astype(int)
    rate = np.diff(np.array(a_mag), axis=0) / dt
    each = []
    for q in range(m.P):
        s = which == q
        mean = rate[:, s] @ area[s] / area[s].sum()
        each.append(((rate[:, s] - mean[:, None]) ** 2) @ area[s])
    resistivity = 1.8e-6
    power = m.stack * np.sum(each, 0) / resistivity
    out |= {"magnet_w": power.mean(), "magnet_w_least": power.min(), "magnet_w_most": power.max()}
    print(json.dumps({k: float(f"{v:.5g}") for k, v in out.items()}, indent=1))


if __name__ == "__main__":
    machine = json.load(open(sys.argv[1]))
    with_currents = sys.argv[5].endswith(".json")
    phases = json.load(open(sys.argv[5]))["phases_a"] if with_currents else None
    dq = tuple(float(v) for v in sys.argv[6 if with_currents else 5].split(","))
    t0 = time.time()
    main(machine, float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), phases, dq)
    print(f"# {time.time() - t0:.0f} s", file=sys.stderr)
