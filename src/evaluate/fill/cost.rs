//! What the raw materials of a machine cost at dated prices, and with the price floors that hold.

use crate::date::Date;
use crate::record::field::{self as f, Field};
use crate::record::{Record, RecordError};
use crate::supply::{self, Cost, Element};
use crate::unit::round_significant;

/// Fields of what the magnets cost, at prices and with floors.
pub(in crate::evaluate) const OF_MAGNETS: [&Field; 2] = [
    &f::MAGNET_PRICED_MATERIAL_COST_USD,
    &f::MAGNET_PRICED_MATERIAL_COST_AT_FLOOR_USD,
];

/// Fields of what winding and laminations cost.
pub(in crate::evaluate) const OF_MACHINE: [&Field; 2] = [
    &f::MACHINE_PRICED_MATERIAL_COST_USD,
    &f::MACHINE_PRICED_MATERIAL_COST_AT_FLOOR_USD,
];

/// Puts the cost of masses by element [kg] on a day into a record, each mass known within a share of itself. What has no
/// price is named and in no sum; where nothing has one, there is no cost.
///
/// # Errors
/// When the record refuses a number.
pub(in crate::evaluate) fn put(
    record: &mut Record,
    fields: [&Field; 2],
    masses: &[(Element, f64)],
    (day, share): (Option<Date>, f64),
) -> Result<(), RecordError> {
    let found = match day {
        None => {
            Err("no day of the prices: the design states none and no standard is issued".to_owned())
        }
        Some(day) => {
            let found = supply::cost(masses, day);
            if found.rows.is_empty() {
                Err(format!("nothing of it has a dated price up to {day}"))
            } else {
                Ok(found)
            }
        }
    };
    let found = match found {
        Ok(found) => found,
        Err(reason) => {
            for field in fields {
                record.put_unjudgeable(field, reason.clone())?;
            }
            return Ok(());
        }
    };
    let spread = |floors: bool| -> f64 {
        let open = found
            .rows
            .iter()
            .filter(|row| !floors || row.floor.is_none());
        open.map(|row| row.mass_kg * 0.5 * (row.usd_per_kg[1] - row.usd_per_kg[0]))
            .sum()
    };
    for (field, value, floors) in [
        (fields[0], found.priced_usd, false),
        (fields[1], found.priced_at_floor_usd, true),
    ] {
        let uncertainty = spread(floors).hypot(share * value);
        record.put_number(field, value, uncertainty, basis(&found, floors))?;
    }
    Ok(())
}

/// Every price with its day, the floors that raise one, and what has none.
fn basis(found: &Cost, floors: bool) -> String {
    let short = |value: f64| round_significant(value, 4);
    let rows = found.rows.iter().map(|row| {
        let symbol = row.element.symbol();
        match row.floor {
            Some(floor) if floors => {
                format!(
                    "{symbol} {} USD at the floor {floor}",
                    short(row.cost_at_floor_usd)
                )
            }
            _ => format!(
                "{symbol} {} USD by {} of {}",
                short(row.cost_usd),
                row.price,
                row.date
            ),
        }
    });
    let rows: Vec<String> = rows.collect();
    let mut text = format!(
        "raw materials at the middle of dated prices, no work and no scrap: {}",
        rows.join(", ")
    );
    if !found.unpriced.is_empty() {
        let names: Vec<&str> = found.unpriced.iter().map(|e| e.symbol()).collect();
        text += &format!("; without a price and in no sum: {}", names.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(masses: &[(Element, f64)], day: Option<&str>) -> Record {
        let mut record = Record::evaluation();
        let day = day.map(|text| text.parse().expect("a day"));
        put(&mut record, OF_MAGNETS, masses, (day, 0.1)).expect("a record");
        record
    }

    /// By hand as in `supply::price`: 0.31 · 1.16638 · 83.75 = 30.282 USD and 39.774 at the floor of 110; prices from 82.5
    /// to 85 spread by half of 0.31 · 1.16638 · 2.5 = 0.452, masses by a tenth of 30.282.
    #[test]
    fn a_cost_by_hand() {
        let record = cost(
            &[(Element::Nd, 0.31), (Element::Co, 0.01)],
            Some("2025-10-01"),
        );
        let at = |field: &Field| record.get_number(field.name).expect("a number");
        assert!((at(OF_MAGNETS[0]) - 30.282).abs() < 2e-3);
        assert!((at(OF_MAGNETS[1]) - 39.774).abs() < 2e-3);
        let uncertain = record.get_uncertainty(OF_MAGNETS[0].name).expect("one");
        assert!((uncertain - 0.452_f64.hypot(3.0282)).abs() < 2e-3);
        let told = record.to_value()["basis"][OF_MAGNETS[0].name].to_string();
        assert!(
            told.contains("in no sum: Co") && told.contains("2025-09-15"),
            "{told}"
        );
    }

    #[test]
    fn without_a_day_or_a_price_there_is_no_cost() {
        for record in [
            cost(&[(Element::Nd, 0.31)], None),
            cost(&[(Element::Co, 0.31)], Some("2025-10-01")),
        ] {
            assert!(record.speaks_of(OF_MAGNETS[0]));
            assert!(record.get_number(OF_MAGNETS[0].name).is_none());
        }
    }
}
