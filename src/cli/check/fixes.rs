//! What clears a choke point, in words.

use crate::evaluate::clear::{Cleared, Fix, REACH};
use crate::report::ChokePoint;
use crate::unit::round_significant;

/// Puts what was found beside the choke points beyond their limits.
pub(super) fn tell(points: &mut [ChokePoint], cleared: &Result<Vec<Cleared>, String>) {
    let cleared = match cleared {
        Ok(cleared) => cleared,
        Err(reason) => {
            let beyond = |p: &&mut ChokePoint| p.kind == "physical" && p.margin_ratio < 0.0;
            for point in points.iter_mut().filter(beyond) {
                point.fix = Some(format!("no change was looked for: {reason}"));
            }
            return;
        }
    };
    for found in cleared {
        let point = points.iter_mut().find(|p| {
            (p.mechanism.as_str(), p.key, p.pathway) == (found.mechanism, found.key, found.pathway)
        });
        if let Some(point) = point {
            point.fix = Some(words(found.fix.as_ref()));
        }
    }
}

fn words(fix: Option<&Fix>) -> String {
    let Some(fix) = fix else {
        let [dimension, cooling] = REACH.map(|share| 100.0 * share);
        return format!(
            "no change of a single number clears it, of a dimension by up to {dimension} %, of cooling by up to {cooling} %"
        );
    };
    let percent = round_significant(100.0 * (fix.to / fix.from - 1.0), 2);
    let then = if fix.then_beyond.is_empty() {
        "no other choke point passes its limit".to_owned()
    } else {
        format!("then beyond its limit: {}", fix.then_beyond.join("; "))
    };
    let torque = fix.limit_torque.map_or(String::new(), |[now, then]| {
        let short = |x| round_significant(x, 4);
        format!(
            ", torque at the current limit {} N m instead of {} N m",
            short(then),
            short(now)
        )
    });
    format!(
        "smallest change that clears it: {} from {} to {} ({percent:+} %), margin ratio then {}, solved anew{torque}; {then}",
        fix.pointer, fix.from, fix.to, fix.margin_ratio
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(mechanism: &str, key: &'static str, margin_ratio: f64) -> ChokePoint {
        ChokePoint {
            kind: "physical",
            mechanism: mechanism.to_owned(),
            key,
            location: "there".to_owned(),
            pathway: "a",
            value: 1.0,
            limit: 1.0,
            unit: "T".to_owned(),
            margin_ratio,
            fix: None,
        }
    }

    #[test]
    fn each_point_gets_its_own_words_and_no_other() {
        let mut points = vec![
            point("saturation", "tooth", -0.1),
            point("saturation", "yoke", 0.1),
            point("demagnetisation", "peak_hot", -0.1),
        ];
        let fix = Fix {
            pointer: "/candidates/0/topology/ipm/stator/tooth_width_mm".to_owned(),
            from: 6.5,
            to: 7.0,
            margin_ratio: 0.001,
            then_beyond: vec!["saturation, stator yoke".to_owned()],
            limit_torque: Some([300.0, 295.5]),
        };
        let found = |mechanism, key, fix| Cleared {
            mechanism,
            key,
            pathway: "a",
            fix,
        };
        let cleared = vec![
            found("saturation", "tooth", Some(fix)),
            found("demagnetisation", "peak_hot", None),
        ];
        tell(&mut points, &Ok(cleared));
        let told = points[0].fix.as_deref().unwrap();
        assert!(
            told.contains("tooth_width_mm from 6.5 to 7 (+7.7 %)") && told.contains("stator yoke"),
            "{told}"
        );
        assert_eq!(points[1].fix, None);
        assert!(points[2].fix.as_deref().unwrap().starts_with("no change"));
    }

    #[test]
    fn why_nothing_was_looked_for_stands_where_it_would_be() {
        let mut points = vec![
            point("saturation", "tooth", -0.1),
            point("saturation", "yoke", 0.1),
        ];
        tell(&mut points, &Err("no field".to_owned()));
        assert!(points[0].fix.as_deref().unwrap().contains("no field"));
        assert_eq!(points[1].fix, None);
    }
}
