//! What is declared about supply: the judged aggregates of a pathway and of the machine's own materials.

use super::masses::{known, machine_share};
use super::{Filling, cost};
use crate::design::Pathway;
use crate::evaluate::EvaluateError;
use crate::evaluate::supply::{machine_masses, material_links};
use crate::material::Magnet;
use crate::record::field as f;
use crate::record::field::Field;
use crate::supply::{self, Contents, Link};

/// Fields that need to know which elements a magnet holds.
const OF_LINKS: [&Field; 12] = [
    &f::EMBARGO_COVER_D,
    &f::UNDECLARED_STAGE_COUNT,
    &f::LARGEST_COUNTRY_SHARE_RATIO,
    &f::HERFINDAHL_INDEX_RATIO,
    &f::SUPPLY_RISK_RATIO,
    &f::INDEPENDENT_SOURCES_MIN_COUNT,
    &f::EVIDENCED_SHARE_MIN_RATIO,
    &f::ASSUMED_SOURCE_COUNT,
    &f::EXPORT_CONTROLLED_ELEMENT_COUNT,
    &f::PROCUREMENT_RESTRICTED_STAGE_COUNT,
    &f::BENCHMARK_EXCEEDED_STAGE_COUNT,
    &f::INFORMATION_DUTY_COUNT,
];

impl Filling<'_> {
    pub(super) fn supply(
        &mut self,
        magnet: &Magnet,
        pathway: &Pathway,
    ) -> Result<(), EvaluateError> {
        match Contents::of(magnet, pathway.declaration.heavy_rare_earth_ratio) {
            Some(contents) => self.chain(&contents, pathway)?,
            None => {
                let reason = format!(
                    "no source tells what {} is made of, so nobody can say which elements its supply hangs on",
                    magnet.grade
                );
                for field in OF_LINKS {
                    self.record.put_unjudgeable(field, reason.clone())?;
                }
            }
        }
        let supply = &pathway.supply;
        if let Some(days) = supply.stock_days {
            self.exact(&f::STOCK_DAYS_MIN_D, days, "declared")?;
        }
        if let Some(share) = supply.recycled_share_ratio {
            self.exact(&f::RECYCLED_CONTENT_RATIO, share, "declared")?;
        }
        if let Some(share) = supply.post_consumer_share_ratio {
            self.exact(&f::RECYCLED_POST_CONSUMER_RATIO, share, "declared")?;
        }
        self.materials()
    }

    /// What the raw materials cost.
    pub(super) fn cost(&mut self, magnet: &Magnet, pathway: &Pathway) -> Result<(), EvaluateError> {
        let prepared = self.prepared;
        let (masses, day) = (prepared.masses(magnet)?, prepared.as_of);
        let magnets = known("magnets", &["magnet_mass_kg"]);
        match Contents::of(magnet, pathway.declaration.heavy_rare_earth_ratio) {
            Some(contents) => {
                let each = contents.elements.iter();
                let held: Vec<_> = each
                    .map(|(element, share)| (*element, share * masses.magnet))
                    .collect();
                cost::put(
                    &mut self.record,
                    cost::OF_MAGNETS,
                    &held,
                    (day, magnets.share),
                )?;
            }
            None => {
                let reason = format!("no source tells what {} is made of", magnet.grade);
                for field in cost::OF_MAGNETS {
                    self.record.put_unjudgeable(field, reason.clone())?;
                }
            }
        }
        let laminations = prepared.laminations()?;
        let held = machine_masses(prepared.candidate, laminations, masses.copper);
        let share = machine_share();
        cost::put(&mut self.record, cost::OF_MACHINE, &held, (day, share))?;
        Ok(())
    }

    fn chain(&mut self, contents: &Contents, pathway: &Pathway) -> Result<(), EvaluateError> {
        let links = supply::links(&pathway.supply, contents);
        let found = supply::dependence(&links);
        let names: Vec<&str> = contents.elements.iter().map(|(e, _)| e.symbol()).collect();
        let basis = format!(
            "declared sources of {}; what is undeclared counts to the largest country",
            names.join(", ")
        );
        let count = f64::from;
        for (field, value) in [
            (
                &f::UNDECLARED_STAGE_COUNT,
                count(found.undeclared_stage_count),
            ),
            (
                &f::LARGEST_COUNTRY_SHARE_RATIO,
                found.largest_country_share_ratio,
            ),
            (&f::HERFINDAHL_INDEX_RATIO, found.herfindahl_index_ratio),
            (
                &f::INDEPENDENT_SOURCES_MIN_COUNT,
                count(found.independent_sources_min_count),
            ),
            (
                &f::EVIDENCED_SHARE_MIN_RATIO,
                found.evidenced_share_min_ratio,
            ),
            (&f::ASSUMED_SOURCE_COUNT, count(found.assumed_source_count)),
        ] {
            self.exact(field, value, &basis)?;
        }
        // An embargo takes the share of the country and whatever nobody declares; production then lacks
        // that share of the worst link, and the stock fills the lack: days = stock / share.
        match pathway.supply.stock_days {
            Some(stock) => self.exact(
                &f::EMBARGO_COVER_D,
                stock / found.largest_country_share_ratio,
                "declared stock over the share of the largest country at the worst stage, what is undeclared \
                 counted to it",
            )?,
            None => self
                .record
                .put_unjudgeable(&f::EMBARGO_COVER_D, "no stock is declared")?,
        }
        match supply::supply_risk(&links) {
            Ok(risk) => self.exact(
                &f::SUPPLY_RISK_RATIO,
                risk,
                "squares of declared shares weighted by governance (WGI 2022), what is undeclared at the \
                 worst, times one less the recycling rate",
            )?,
            Err(missing) => self
                .record
                .put_unjudgeable(&f::SUPPLY_RISK_RATIO, missing.to_string())?,
        }
        self.rules(contents, &links)
    }

    fn rules(&mut self, contents: &Contents, links: &[Link]) -> Result<(), EvaluateError> {
        const FIELDS: [&Field; 4] = [
            &f::EXPORT_CONTROLLED_ELEMENT_COUNT,
            &f::PROCUREMENT_RESTRICTED_STAGE_COUNT,
            &f::BENCHMARK_EXCEEDED_STAGE_COUNT,
            &f::INFORMATION_DUTY_COUNT,
        ];
        let Some(day) = self.prepared.as_of else {
            for field in FIELDS {
                let reason = "no day at which rules are taken: the design states none and no standard is issued";
                self.record.put_unjudgeable(field, reason)?;
            }
            return Ok(());
        };
        let found = supply::flags(&supply::rules_on(contents.family, links, day));
        let counts = [
            found.export_controlled_element_count,
            found.procurement_restricted_stage_count,
            found.benchmark_exceeded_stage_count,
            found.information_duty_count,
        ];
        let basis = format!(
            "rules in force on {day} on declared sources; an undeclared source may be anywhere"
        );
        for (field, count) in FIELDS.into_iter().zip(counts) {
            self.exact(field, count as f64, &basis)?;
        }
        Ok(())
    }

    /// Copper and electrical steel, which no magnet pathway changes.
    fn materials(&mut self) -> Result<(), EvaluateError> {
        let links = material_links(self.prepared.candidate);
        let found = supply::dependence(&links);
        let basis = "declared sources of copper and electrical steel; what is undeclared counts to the \
                     largest country";
        self.exact(
            &f::MATERIAL_UNDECLARED_STAGE_COUNT,
            f64::from(found.undeclared_stage_count),
            basis,
        )?;
        self.exact(
            &f::MATERIAL_LARGEST_COUNTRY_SHARE_RATIO,
            found.largest_country_share_ratio,
            basis,
        )
    }
}
