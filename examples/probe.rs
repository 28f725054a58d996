use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver};
use dualcert::operate::machine::Machine;
use dualcert::operate::point::{flux_densities, solve};
use dualcert::resolution::Resolution;
use dualcert::topology::ipm::Ipm;
use dualcert::winding::{WindingScheme, layout};
fn main() {
    let text = r#"{"air_gap_mm":0.75,"stack_length_mm":83.82,"stator":{"slot_count":48,"outer_diameter_mm":269.24,"bore_diameter_mm":161.9,"slot":{"opening_width_mm":1.93,"opening_height_mm":1.0,"wedge_height_mm":0,"top_width_mm":5.0,"bottom_width_mm":8.0,"main_depth_mm":33.3,"bottom_corner_radius_mm":4.0}},"rotor":{"pole_count":8,"shaft_diameter_mm":110.64,"bridge_thickness_mm":1.5,"apex_depth_mm":10.96,"opening":{"outer_span_mm":42.0},"interpolar_web_width_mm":14.0,"centre_rib_width_mm":0.0,"magnet_thickness_mm":6.5,"magnet_width_mm":18.9,"magnet_seat_step_mm":1.0,"magnet_offset_mm":0.0}}"#;
    let ipm: Ipm = serde_json::from_str(text).unwrap();
    println!("{:?} tilt {:?}", ipm.fits(), ipm.pocket_tilt().map(f64::to_degrees));
    let m19: serde_json::Value = serde_json::from_str(&std::fs::read_to_string("/work/shared/facts/fe/steel_M19.json").unwrap()).unwrap();
    let bh: Vec<(f64, f64)> = m19["bh_H_A_per_m__B_T"].as_array().unwrap().iter().map(|p| (p[0].as_f64().unwrap(), p[1].as_f64().unwrap())).collect();
    let law = IronLaw::new(&bh, 0.95).unwrap();
    let lay = layout(WindingScheme { slots: 48, poles: 8, layers: 1, coil_pitch: 6, turns_per_coil: 9.0, parallel_paths: 1 }).unwrap();
    let mat = Materials { steels: vec![law.clone(), law], remanence: 1.24, recoil_permeability: 1.05, kept: None };
    let grid: serde_json::Value = serde_json::from_str(&std::fs::read_to_string("/work/shared/facts/fe/prius2004_v_grid.result.json").unwrap()).unwrap();
    for r in [Resolution::Coarse, Resolution::Standard, Resolution::Fine] {
        let plan = ipm.plan(&lay, r).unwrap();
        let t0 = std::time::Instant::now();
        let m = Machine::new(&plan, &lay, r).unwrap();
        println!("{:?} n={} rows={} setup {:?} fallbacks {:?}", r, m.sector.unknowns(), m.sector.rows, t0.elapsed(), m.sector.fallbacks().collect::<Vec<_>>());
        let mut s = Solver::new(&m.sector);
        for (name, i, b, nl, rd, rq, rt) in [("nl", 0.0, 0.0f64, 0.213182, 0.213182, 0.0, 0.0), ("200", 200.0, 40.0, 0.213, 0.046419, 0.318812, 288.4876), ("350", 350.0, 50.0, 0.213, -0.0783327, 0.3341009, 431.518)] {
            let _ = nl;
            let (sn, c) = b.to_radians().sin_cos();
            let t0 = std::time::Instant::now();
            let (p, f) = solve(&m, &mut s, &mat, -i * sn, i * c, None).unwrap();
            let dt = t0.elapsed();
            let fd = flux_densities(&m, &mat, &f);
            println!("{name}: psi_d {:.5} ({:+.3}%) psi_q {:.5} ({:+.3}%) T {:.2} ({:+.3}%) gapT {:.2} it {} {:?}", p.psi_d, 100.0*(p.psi_d-rd)/0.35, p.psi_q, 100.0*(p.psi_q-rq)/0.35, p.torque, 100.0*(p.torque-rt)/432.0, p.mean_gap_torque(), p.effort.iterations, dt);
            println!("   gap1 {:.4} sections {:?} magnet mean {:.4} p01 {:.4} p05 {:.4} use {:.3}", fd.gap_fundamental, fd.sections, fd.magnet_mean, fd.magnet_percentile(0.01).unwrap(), fd.magnet_percentile(0.05).unwrap(), fd.data_use);
        }
        let mut fields = None;
        let (mut wd, mut wq, mut wt) = (0.0f64, 0.0f64, 0.0f64);
        let t0 = std::time::Instant::now();
        let mut its = 0;
        for g in grid["id_iq_grid"].as_array().unwrap() {
            let v = |k: &str| g[k].as_f64().unwrap();
            let (p, f) = solve(&m, &mut s, &mat, v("id_A"), v("iq_A"), fields.as_ref()).unwrap();
            its += p.effort.iterations;
            wd = wd.max((p.psi_d - v("psi_d_Wb")).abs());
            wq = wq.max((p.psi_q - v("psi_q_Wb")).abs());
            wt = wt.max((p.torque - v("torque_mean_Nm")).abs());
            fields = Some(f);
        }
        println!("grid max: d {:.3}% q {:.3}% T {:.3}%  ({:?}/solve, {} it/solve)", 100.0*wd/0.38, 100.0*wq/0.38, 100.0*wt/470.0, t0.elapsed()/100, its/100);
    }
}
