use super::*;
use crate::design::Design;
use crate::record::field;
use crate::source::Document;

fn names_of(templates: &[(&'static str, &str)]) -> Vec<&'static str> {
    templates.iter().map(|(name, _)| *name).collect()
}

#[test]
fn no_topology_and_no_sector_is_forgotten() {
    let of_format: Vec<&str> = of_format().map(|(tag, _)| tag).collect();
    assert_eq!(names_of(TOPOLOGIES), of_format);
    assert_eq!(names_of(SECTORS), field::SECTOR.allowed);
    let listed = list();
    for name in of_format.iter().chain(field::SECTOR.allowed) {
        let line = format!("  {name}");
        assert!(listed.lines().any(|l| l.starts_with(&line)), "{listed}");
    }
}

#[test]
fn every_template_is_a_valid_design_of_its_name() {
    for (topology, _) in TOPOLOGIES {
        for sector in std::iter::once(None).chain(SECTORS.iter().map(|(s, _)| Some(*s))) {
            let text = design(topology, sector).unwrap().to_string();
            let document = Document::parse("init.json", &text).unwrap();
            let design = Design::load(&document).unwrap_or_else(|wrong| panic!("{}", wrong[0]));
            assert_eq!(design.candidates[0].topology.name(), *topology);
            if let Some(sector) = sector {
                assert_eq!(design.application.sector, sector);
            }
        }
    }
}

/// Every number that is to be replaced is explained in a comment of its own object or of one above it.
#[test]
fn every_parameter_is_explained() {
    fn walk(value: &Value, told: &str, dark: &mut Vec<String>) {
        let Value::Object(map) = value else {
            if let Value::Array(list) = value {
                list.iter().for_each(|inner| walk(inner, told, dark));
            }
            return;
        };
        let own = map.get("$comment").map(Value::to_string);
        let told = format!("{told}{}", own.unwrap_or_default());
        for (key, inner) in map {
            if inner.is_number() && !told.contains(key.as_str()) {
                dark.push(key.clone());
            }
            walk(inner, &told, dark);
        }
    }
    for (topology, _) in TOPOLOGIES {
        let mut design = design(topology, None).unwrap();
        // Pathway b has the keys of pathway a.
        if let Some(pathways) = design.pointer_mut("/candidates/0/magnet_pathways") {
            pathways.as_object_mut().unwrap().shift_remove("b");
        }
        let rotor = design.pointer_mut("/candidates/0/rotor_steel").unwrap();
        rotor.as_object_mut().unwrap().clear();
        let mut dark = vec![];
        walk(&design, "", &mut dark);
        assert!(dark.is_empty(), "{topology}: {dark:?} have no comment");
    }
}

#[test]
fn every_comment_finds_its_object() {
    let comments: BTreeMap<String, Vec<String>> = serde_json::from_str(COMMENTS).unwrap();
    for (topology, _) in TOPOLOGIES {
        let design = design(topology, None).unwrap();
        // A machine without magnets has no pathways to comment on.
        let magnets = design.pointer("/candidates/0/magnet_pathways").is_some();
        assert_eq!(magnets, *topology != "srm");
        for pointer in comments
            .keys()
            .filter(|p| magnets || !p.contains("/magnet_pathways"))
        {
            let object = design.pointer(pointer).and_then(Value::as_object);
            let first = object.and_then(|object| object.keys().next());
            assert_eq!(first.map(String::as_str), Some("$comment"), "{pointer}");
        }
    }
}
