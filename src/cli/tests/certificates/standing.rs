//! Who may sign, until when a certificate holds, and the status list.

use super::seal::payload;
use super::*;
use std::path::Path;

#[test]
fn several_sign_and_each_must_be_trusted_for_its_role() {
    let bench = Bench::new();
    let body = PrivateKey::from_seed(&[3; 32]);
    let second = bench.folder.file("body", &body.to_pem());
    let own = PrivateKey::from_seed(&[1; 32]);
    let entry = |name: &str, key: &PrivateKey, roles: &[&str]| {
        let pem = key.public().to_pem();
        json!({"name": name, "public_key": pem, "roles": roles})
    };
    let trust = |keys: Vec<Value>| {
        let file = json!({"trust_version": "1.0", "keys": keys});
        bench.folder.file("trust.json", &file.to_string())
    };
    let both = ["third_party"];
    let file = trust(vec![entry("hub", &own, &both), entry("body", &body, &both)]);
    let more = [
        "--key",
        &second,
        "--assessor",
        "third-party",
        "--trust",
        &file,
    ];
    let certificate = bench.certificate(&more);
    let (code, answer) = bench.verify(&certificate, &["--trust", &file]);
    assert_eq!((code, &answer["signers"]), (0, &json!(["hub", "body"])));
    let statement = payload(&certificate);
    assert_eq!(statement["predicate"]["attestation"], json!("verification"));
    for keys in [
        vec![entry("hub", &own, &both)],
        vec![
            entry("hub", &own, &["self"]),
            entry("body", &body, &["self"]),
        ],
        vec![entry("hub", &own, &both), entry("body", &body, &["status"])],
    ] {
        let file = trust(keys);
        let (code, answer) = bench.verify(&certificate, &["--trust", &file]);
        assert_eq!((code, &answer["outcome"]), (1, &json!("not_genuine")));
    }
    let file = trust(vec![entry("hub", &own, &["self"])]);
    let more = [
        "--allow",
        "draft",
        "--assessor",
        "third-party",
        "--trust",
        &file,
    ];
    assert_eq!(bench.certify("meets", &more).0, 1);
}

/// The id of a certificate that there may be.
fn id_of(name: &str) -> String {
    format!("dc1-{}", &sha256(name.as_bytes())[..32])
}

#[test]
fn term_and_status_list_give_different_answers() {
    let bench = Bench::new();
    let file = bench.certificate(&["--not-after", "2027-06-30"]);
    let id = payload(&file)["predicate"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let at = |day: &str, more: &[&str]| {
        let (code, answer) = bench.verify(&file, &[&["--as-of", day], more].concat());
        (code, answer["outcome"].as_str().unwrap().to_owned())
    };
    let is = |word: &str| (u8::from(word != "valid"), word.to_owned());
    assert_eq!(at("2026-11-30", &[]), is("not_yet_valid"));
    assert_eq!(at("2026-12-01", &[]), is("valid"));
    assert_eq!(at("2027-06-30", &[]), is("valid"));
    assert_eq!(at("2027-07-01", &[]), is("expired"));
    let list = bench.path("status.jsonl");
    let add = |state: &str, since: &str, more: &[&str]| {
        let head = [
            "status",
            "add",
            &list,
            "--certificate",
            &id,
            "--state",
            state,
        ];
        let tail = ["--since", since, "--reason", "audit", "--key", &bench.key];
        code_of(&[&head[..], &tail, more].concat())
    };
    let listed = |day: &str| at(day, &["--status", &list]);
    assert_eq!(add("reinstated", "2026-12-09", &[]), 1);
    assert_eq!(add("suspended", "2026-12-10", &[]), 0);
    // Said twice it stands once.
    assert_eq!(add("suspended", "2026-12-10", &[]), 0);
    assert_eq!(listed("2026-12-09"), is("valid"));
    assert_eq!(listed("2026-12-10"), is("suspended"));
    assert_eq!(listed("2028-01-01"), is("suspended"));
    assert_eq!(add("reinstated", "2026-12-20", &[]), 0);
    assert_eq!(listed("2026-12-20"), is("valid"));
    assert_eq!(add("withdrawn", "2026-12-15", &[]), 1);
    assert_eq!(add("superseded", "2026-12-31", &[]), 1);
    let fork = bench.path("fork.jsonl");
    fs::copy(&list, &fork).unwrap();
    assert_eq!(
        add(
            "superseded",
            "2026-12-31",
            &["--superseded-by", &id_of("x")]
        ),
        0
    );
    assert_eq!(listed("2026-12-31"), is("superseded"));
    assert_eq!(add("withdrawn", "2027-01-02", &[]), 1);
    let withdrawn = [
        "status",
        "add",
        &fork,
        "--certificate",
        &id,
        "--state",
        "withdrawn",
    ];
    let tail = [
        "--since",
        "2026-12-31",
        "--reason",
        "r",
        "--key",
        &bench.key,
    ];
    assert_eq!(code_of(&[&withdrawn[..], &tail].concat()), 0);
    assert_eq!(at("2026-12-31", &["--status", &fork]), is("withdrawn"));
    let show = [
        "status",
        "show",
        &list,
        "--public-key",
        &bench.path("key.pub"),
    ];
    let shown = outcome(&show, "").1;
    assert_eq!(shown.lines().count(), 4, "{shown}");
}

#[test]
fn no_line_of_a_status_list_can_be_changed_moved_or_taken_out() {
    let bench = Bench::new();
    let list = bench.path("status.jsonl");
    for id in ["a", "b", "c"].map(id_of) {
        let head = [
            "status",
            "add",
            &list,
            "--certificate",
            &id,
            "--state",
            "withdrawn",
        ];
        let tail = [
            "--since",
            "2026-11-10",
            "--reason",
            "r",
            "--key",
            &bench.key,
        ];
        assert_eq!(code_of(&[&head[..], &tail].concat()), 0);
    }
    let text = fs::read_to_string(&list).unwrap();
    let trust = Trust::in_one("own", PrivateKey::from_seed(&[1; 32]).public());
    let read = |bytes: &[u8]| certificate::StatusList::read("list", bytes, &trust);
    assert_eq!(read(text.as_bytes()).unwrap().entries().len(), 3);
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1;
        assert!(read(&changed).is_err(), "byte {at}");
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for order in [vec![1, 0, 2], vec![0, 2], vec![0, 0, 1, 2], vec![1, 2]] {
        let moved: String = order.iter().map(|&line| lines[line]).collect();
        assert!(read(moved.as_bytes()).is_err(), "{order:?}");
    }
    assert!(read(&text.as_bytes()[..text.len() - 1]).is_err());
    // What would be read in part is not read at all.
    let long = text.repeat(crate::source::MAXIMUM_BYTES / text.len() + 1);
    let refused = read(long.as_bytes());
    assert!(matches!(
        refused,
        Err(certificate::ListFault::TooLong { .. })
    ));
    let file = bench.certificate(&[]);
    fs::write(&list, text.replacen('a', "b", 1)).unwrap();
    let (code, answer) = bench.verify(&file, &["--status", &list]);
    assert_eq!(
        (code, &answer["outcome"]),
        (1, &json!("status_list_not_genuine"))
    );
    // Nothing is added to a list that does not hold.
    let head = [
        "status",
        "add",
        &list,
        "--certificate",
        "x",
        "--state",
        "withdrawn",
    ];
    let tail = [
        "--since",
        "2026-11-10",
        "--reason",
        "r",
        "--key",
        &bench.key,
    ];
    assert_eq!(code_of(&[&head[..], &tail].concat()), 1);
    // What is left of a list that was emptied says nothing, and no new one is begun in its place.
    fs::write(&list, "").unwrap();
    assert!(read(b"").is_err());
    assert_eq!(
        bench.verify(&file, &["--status", &list]).1["outcome"],
        "status_list_not_genuine"
    );
    assert_eq!(code_of(&[&head[..], &tail].concat()), 1);
    assert_eq!(fs::read(&list).unwrap(), b"");
}

/// What is no certificate cannot be withdrawn, and nothing is withdrawn without a reason.
#[test]
fn an_entry_names_a_certificate_and_says_why() {
    let bench = Bench::new();
    let list = bench.path("status.jsonl");
    let add = |id: &str, reason: &str, more: &[&str]| {
        let head = ["status", "add", &list, "--certificate", id, "--since"];
        let tail = ["2026-12-10", "--reason", reason, "--key", &bench.key];
        let state: &[&str] = if more.is_empty() {
            &["--state", "withdrawn"]
        } else {
            &["--state", "superseded"]
        };
        outcome(&[&head[..], &tail, state, more].concat(), "")
    };
    let id = id_of("a");
    for wrong in [
        id[..id.len() - 1].to_owned(),
        id.to_uppercase(),
        format!(" {id}"),
        format!("{id}0"),
        "garbage id".to_owned(),
        String::new(),
    ] {
        let (code, _, stderr) = add(&wrong, "audit", &[]);
        assert!(
            code == 1 && stderr.contains("is no id"),
            "{wrong}: {stderr}"
        );
        let (code, _, stderr) = add(&id, "audit", &["--superseded-by", &wrong]);
        assert!(
            code == 1 && stderr.contains("is no id"),
            "{wrong}: {stderr}"
        );
    }
    for reason in [
        "",
        "  ",
        "a\n2 dc1-b reinstated",
        "a\u{1b}[2J",
        "a\u{202e}b",
    ] {
        let (code, _, stderr) = add(&id, reason, &[]);
        assert!(code == 1 && stderr.contains("one line"), "{stderr}");
    }
    let (code, _, stderr) = add(&id, "audit", &["--superseded-by", &id]);
    assert!(code == 1 && stderr.contains("its own place"), "{stderr}");
    assert!(!Path::new(&list).exists(), "nothing was written");
    assert_eq!(add(&id, "audit", &[]).0, 0);
}

/// A list that is reached by two paths is one list, and one that was cut back is told from it by what was seen.
#[test]
fn a_list_is_one_list_and_does_not_forget() {
    let bench = Bench::new();
    let (list, link) = (bench.path("status.jsonl"), bench.path("link.jsonl"));
    let add = |list: &str, name: &str| {
        let id = id_of(name);
        let head = ["status", "add", list, "--certificate", &id, "--state"];
        let tail = ["withdrawn", "--since", "2026-12-10", "--reason", "r"];
        outcome(&[&head[..], &tail, &["--key", &bench.key]].concat(), "")
    };
    assert_eq!(add(&list, "a").0, 0);
    std::os::unix::fs::symlink(&list, &link).unwrap();
    assert_eq!(add(&link, "b").0, 0);
    assert!(Path::new(&link).is_symlink());
    let lines = |path: &str| fs::read_to_string(path).unwrap();
    assert_eq!(lines(&list).lines().count(), 2);
    let (second, dead) = (bench.path("second.jsonl"), bench.path("dead.jsonl"));
    std::os::unix::fs::symlink(bench.path("none.jsonl"), &dead).unwrap();
    assert_eq!(add(&dead, "c").0, 3);
    fs::hard_link(&list, &second).unwrap();
    let (code, _, stderr) = add(&second, "c");
    assert!(code == 3 && stderr.contains("second name"), "{stderr}");
    fs::remove_file(&second).unwrap();

    let certificate = bench.certificate(&[]);
    let (code, answer) = bench.verify(&certificate, &["--status", &list]);
    assert_eq!(
        (code, &answer["status_list"]["entry_count"]),
        (0, &json!(2))
    );
    let seen = answer["status_list"]["last_sha256"].as_str().unwrap();
    let held = |more: &[&str]| {
        let (code, answer) = bench.verify(&certificate, &[&["--status", &list], more].concat());
        (code, answer["outcome"].as_str().unwrap().to_owned())
    };
    let with = ["--status-seen", seen];
    assert_eq!(held(&with), (0, "valid".to_owned()));
    assert_eq!(add(&list, "c").0, 0);
    assert_eq!(held(&with), (0, "valid".to_owned()));
    let cut = lines(&list).lines().next().unwrap().to_owned() + "\n";
    fs::write(&list, cut).unwrap();
    assert_eq!(
        held(&[]),
        (0, "valid".to_owned()),
        "it cannot be seen without"
    );
    assert_eq!(held(&with), (1, "status_list_not_genuine".to_owned()));
    let public = bench.path("key.pub");
    let show = ["status", "show", &list, "--public-key", &public];
    assert_eq!(code_of(&[&show[..], &["--seen", seen]].concat()), 1);
    // Without a list nothing is said of one.
    let (_, answer) = bench.verify(&certificate, &[]);
    assert_eq!(answer["status_list"], Value::Null);
}
