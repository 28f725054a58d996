//! Certificates with the double of physics: what is certified, what is refused, and that nothing
//! survives a changed byte.

use super::*;
use crate::certificate::{self, Envelope, PrivateKey, Trust, sha256};
use crate::cli::tests::certificates::seal::{payload, resealed};

/// A folder with a design of the double's candidates and a key.
struct Bench {
    folder: Folder,
    design: String,
    key: String,
}

impl Bench {
    fn new() -> Bench {
        let folder = Folder::new();
        let ids = ["meets", "weak", "one-country", "breaks", "unsure"];
        let design = folder.design("d.json", &ids);
        let key = PrivateKey::from_seed(&[1; 32]);
        folder.file("key.pub", &key.public().to_pem());
        let key = folder.file("key", &key.to_pem());
        Bench {
            folder,
            design,
            key,
        }
    }

    fn path(&self, name: &str) -> String {
        self.folder.0.path().join(name).display().to_string()
    }

    fn certify(&self, candidate: &str, more: &[&str]) -> (u8, String, String) {
        let head = ["certify", &self.design, "--candidate", candidate];
        let key = ["--key", &self.key, "--issued-at", "2026-11-01"];
        outcome(&[&head[..], &key, more].concat(), "")
    }

    /// A certificate of the candidate that meets both, as a file.
    fn certificate(&self, more: &[&str]) -> String {
        let (code, text, stderr) = self.certify("meets", &[&["--allow", "draft"], more].concat());
        assert_eq!((code, stderr.as_str()), (0, ""));
        self.folder.file("c.cert.json", &text)
    }

    /// Exit code and answer of `verify` as of a day within the term.
    fn verify(&self, certificate: &str, more: &[&str]) -> (u8, Value) {
        let public = self.path("key.pub");
        let head = ["verify", certificate, "--format", "json"];
        let trust: &[&str] = if more.contains(&"--trust") {
            &[]
        } else {
            &["--public-key", &public]
        };
        let day: &[&str] = if more.contains(&"--as-of") {
            &[]
        } else {
            &["--as-of", "2026-12-01"]
        };
        let (code, stdout, stderr) = outcome(&[&head[..], trust, day, more].concat(), "");
        assert_eq!(stderr, "");
        (code, serde_json::from_str(&stdout).unwrap())
    }
}

/// Taking certificates apart and signing them anew, as an attacker with a key would.
mod seal {
    use super::*;
    use ::base64::Engine;
    use ::base64::engine::general_purpose::STANDARD;

    /// The statement of a certificate.
    pub(super) fn payload(file: &str) -> Value {
        let envelope: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let bytes = STANDARD.decode(envelope["payload"].as_str().unwrap());
        serde_json::from_slice(&bytes.unwrap()).unwrap()
    }

    /// A changed statement with the id that follows from it, signed.
    pub(super) fn resealed(mut statement: Value, key: &PrivateKey) -> String {
        statement["predicate"]["id"] = json!("");
        let id = format!("dc1-{}", &sha256(statement.to_string().as_bytes())[..32]);
        statement["predicate"]["id"] = json!(id);
        let kind = "application/vnd.in-toto+json";
        let bytes = statement.to_string();
        let envelope = Envelope::seal(kind, bytes.as_bytes(), std::slice::from_ref(key));
        serde_json::to_string(&envelope).unwrap()
    }
}

#[test]
fn what_meets_both_is_certified_and_verified_at_every_level() {
    let bench = Bench::new();
    let file = bench.certificate(&["--issuer", "Hub"]);
    let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
    assert_eq!(
        (code, &answer["outcome"]),
        (0, &json!("valid")),
        "{answer:#}"
    );
    let levels = answer["levels"].as_array().unwrap();
    assert_eq!(levels.len(), 3);
    assert!(
        levels.iter().all(|level| level["holds"] == true),
        "{answer:#}"
    );
    assert_eq!(answer["issuer"], json!("Hub"));
    let title = answer["title"].as_str().unwrap();
    assert!(title.contains("calculated, not tested"), "{title}");
    assert!(title.contains("allowed: draft standards"), "{title}");
    let (code, answer) = bench.verify(&file, &[]);
    assert_eq!((code, &answer["levels"][2]["holds"]), (0, &Value::Null));
}

#[test]
fn the_payload_follows_its_schema_and_the_digests_are_of_the_exact_bytes() {
    let bench = Bench::new();
    let statement = payload(&bench.certificate(&[]));
    let schema = certificate::certificate_schema();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&statement)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(statement["_type"], json!("https://in-toto.io/Statement/v1"));
    let design = &statement["subject"][0];
    assert_eq!(design["name"], json!("d.json"));
    let bytes = fs::read(&bench.design).unwrap();
    assert_eq!(design["digest"]["sha256"], json!(sha256(&bytes)));
    let records = statement["predicate"]["records"].as_array().unwrap();
    for (subject, record) in statement["subject"].as_array().unwrap()[1..]
        .iter()
        .zip(records)
    {
        let text = record["record"].to_string();
        assert_eq!(subject["digest"]["sha256"], json!(sha256(text.as_bytes())));
    }
    let standards = statement["predicate"]["standards"].as_array().unwrap();
    assert_eq!((records.len(), standards.len()), (3, 5));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let bench = Bench::new();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bench.certify("meets", &["--allow", "draft"]))
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn everything_else_is_refused_and_told_why() {
    let bench = Bench::new();
    let draft = ["--allow", "draft"];
    let both = ["--allow", "draft", "--allow", "weak"];
    let third = ["--allow", "draft", "--assessor", "third-party"];
    let early = ["--allow", "draft", "--not-after", "2026-10-31"];
    let cases: [(&str, &[&str], u8, &str); 9] = [
        ("meets", &[], 1, "is a draft"),
        ("weak", &both, 1, "P4 Peak torque (undecided)"),
        (
            "one-country",
            &both,
            1,
            "B-M5 No country holds too much (failed)",
        ),
        ("breaks", &both, 5, "did not converge"),
        ("unsure", &draft, 1, "P4 of ev_traction_motor_b"),
        ("unsure", &["--allow", "weak"], 1, "is a draft"),
        ("nobody", &both, 3, "no candidate `nobody`"),
        ("meets", &third, 1, "name the trust file"),
        ("meets", &early, 1, "before it is issued"),
    ];
    for (candidate, more, expected, words) in cases {
        let (code, stdout, stderr) = bench.certify(candidate, more);
        assert_eq!(
            (code, stdout.as_str()),
            (expected, ""),
            "{candidate} {more:?}"
        );
        assert!(stderr.contains(words), "{candidate} {more:?}: {stderr}");
    }
    let (code, text, _) = bench.certify("unsure", &both);
    assert_eq!(code, 0);
    let file = bench.folder.file("unsure.cert.json", &text);
    let title = payload(&file)["predicate"]["title"].to_string();
    assert!(
        title.contains("draft standards, weak validation basis"),
        "{title}"
    );
    assert_eq!(bench.verify(&file, &[]).0, 0);
}

#[test]
fn no_byte_of_payload_signature_or_key_id_can_be_changed() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let trust = Trust::in_one("own", key.public());
    // All of a small envelope, every bit of every byte.
    let small = Envelope::seal("application/vnd.in-toto+json", b"{\"a\": [1, 2]}", &[key]);
    let whole = serde_json::to_string(&small).unwrap();
    let survivors = (0..whole.len() * 8).filter(|bit| {
        let mut bytes = whole.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let read = Envelope::read("c", &bytes);
        read.is_ok_and(|e| e.verified("application/vnd.in-toto+json", &trust).is_ok())
    });
    assert_eq!(survivors.count(), 0);
    assert!(
        small
            .verified("application/vnd.in-toto+json", &trust)
            .is_ok()
    );
    // A real certificate: one bit of every so many bytes, of all with DUALCERT_CASES.
    let stride = if std::env::var_os("DUALCERT_CASES").is_some() {
        1
    } else {
        97
    };
    let text = fs::read(bench.certificate(&[])).unwrap();
    assert!(certificate::open("c", &text, &trust).is_ok());
    for at in (0..text.len()).step_by(stride) {
        let mut changed = text.clone();
        changed[at] ^= 1;
        match certificate::open("c", &changed, &trust) {
            Err(_) => {}
            // White space between the members holds nothing that is reported.
            Ok(_) => assert!(text[at].is_ascii_whitespace(), "byte {at}"),
        }
    }
}

#[test]
fn one_who_has_a_key_still_cannot_certify_what_does_not_hold() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let statement = payload(&bench.certificate(&[]));
    let sealed = |change: &dyn Fn(&mut Value)| {
        let mut changed = statement.clone();
        change(&mut changed);
        let file = bench.folder.file("forged.json", &resealed(changed, &key));
        let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
        (code, answer["outcome"].as_str().unwrap().to_owned())
    };
    let is = |code: u8, word: &str| (code, word.to_owned());
    assert_eq!(sealed(&|_| {}), is(0, "valid"));
    // A record that was changed without its digest, then with it: judged again, computed again.
    let ratio = "/predicate/records/1/record/peak_torque_to_requirement_ratio";
    let set = |s: &mut Value, to: f64| *s.pointer_mut(ratio).unwrap() = json!(to);
    let digest = |s: &mut Value| {
        let text = s["predicate"]["records"][1]["record"].to_string();
        s["subject"][2]["digest"]["sha256"] = json!(sha256(text.as_bytes()));
    };
    assert_eq!(sealed(&|s| set(s, 1.5)), is(1, "not_genuine"));
    let both = |to: f64| {
        sealed(&|s| {
            set(s, to);
            digest(s);
        })
    };
    assert_eq!(both(0.5), is(1, "verdict_differs"));
    assert_eq!(both(1.5), is(1, "verdict_differs"));
    let torque = "/predicate/records/1/record/no_load_flux_linkage_wb";
    if statement.pointer(torque).is_some() {
        let forged = sealed(&|s| {
            *s.pointer_mut(torque).unwrap() = json!(9.0);
            digest(s);
        });
        assert_eq!(forged, is(1, "record_differs"));
    }
    // What is stated about the verdicts.
    let clause = "/predicate/standards/1/clauses/0/margin";
    let margin = sealed(&|s| *s.pointer_mut(clause).unwrap() = json!(123.0));
    assert_eq!(margin, is(1, "verdict_differs"));
    let silent = sealed(&|s| s["predicate"]["allowed"] = json!([]));
    assert_eq!(silent, is(1, "verdict_differs"));
    let short = sealed(&|s| {
        s["predicate"]["standards"].as_array_mut().unwrap().pop();
    });
    assert_eq!(short, is(1, "verdict_differs"));
    let evidence = sealed(&|s| s["predicate"]["weakest_evidence"] = json!("primary"));
    assert_eq!(evidence, is(1, "verdict_differs"));
    let title = sealed(&|s| s["predicate"]["title"] = json!("certified"));
    assert_eq!(title, is(1, "verdict_differs"));
    let rule = sealed(&|s| s["predicate"]["decision_rule"] = json!("simple"));
    assert_eq!(rule, is(1, "not_genuine"));
    let assessor = sealed(&|s| s["predicate"]["assessor"] = json!("third_party"));
    assert_eq!(assessor, is(1, "not_genuine"));
    let other = sealed(&|s| s["predicate"]["standards"][0]["sha256"] = json!("0".repeat(64)));
    assert_eq!(other, is(5, "could_not_check"));
    let unknown = sealed(&|s| s["predicate"]["extra"] = json!(1));
    assert_eq!(unknown, is(1, "not_genuine"));
    let large = sealed(&|s| {
        s["predicate"]["standards"][0]["clauses"][0]["revision"] = json!(9_007_199_254_740_993_u64);
    });
    assert_eq!(large, is(1, "not_genuine"));
}

#[test]
fn another_design_or_another_key_is_told() {
    let bench = Bench::new();
    let file = bench.certificate(&[]);
    let text = fs::read_to_string(&bench.design).unwrap();
    let other = bench
        .folder
        .file("other.json", &text.replacen('{', "{ ", 1));
    let (code, answer) = bench.verify(&file, &["--design", &other]);
    assert_eq!((code, &answer["outcome"]), (1, &json!("design_differs")));
    let stranger = PrivateKey::from_seed(&[2; 32]).public().to_pem();
    let stranger = bench.folder.file("stranger.pub", &stranger);
    let line = [
        "verify",
        &file,
        "--public-key",
        &stranger,
        "--as-of",
        "2026-12-01",
    ];
    let (code, stdout, _) = outcome(&line, "");
    assert_eq!(code, 1);
    assert!(
        stdout.contains("not genuine") && stdout.contains("is not trusted"),
        "{stdout}"
    );
    // Nobody trusted is wrong usage, and what is no certificate is not genuine.
    assert_eq!(code_of(&["verify", &file]), 2);
    let design = [
        "verify",
        &bench.design,
        "--public-key",
        &bench.path("key.pub"),
    ];
    assert_eq!(code_of(&design), 1);
    assert_eq!(
        code_of(&["verify", "no/such", "--public-key", &bench.path("key.pub")]),
        3
    );
}

fn code_of(arguments: &[&str]) -> u8 {
    outcome(arguments, "").0
}

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
    assert_eq!(at("2026-10-31", &[]), is("not_yet_valid"));
    assert_eq!(at("2026-11-01", &[]), is("valid"));
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
    assert_eq!(add("reinstated", "2026-11-09", &[]), 1);
    assert_eq!(add("suspended", "2026-11-10", &[]), 0);
    // Said twice it stands once.
    assert_eq!(add("suspended", "2026-11-10", &[]), 0);
    assert_eq!(listed("2026-11-09"), is("valid"));
    assert_eq!(listed("2026-11-10"), is("suspended"));
    assert_eq!(listed("2028-01-01"), is("suspended"));
    assert_eq!(add("reinstated", "2026-11-20", &[]), 0);
    assert_eq!(listed("2026-11-20"), is("valid"));
    assert_eq!(add("withdrawn", "2026-11-15", &[]), 1);
    assert_eq!(add("superseded", "2026-12-01", &[]), 1);
    let fork = bench.path("fork.jsonl");
    fs::copy(&list, &fork).unwrap();
    assert_eq!(
        add("superseded", "2026-12-01", &["--superseded-by", "dc1-x"]),
        0
    );
    assert_eq!(listed("2026-12-01"), is("superseded"));
    assert_eq!(add("withdrawn", "2026-12-02", &[]), 1);
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
        "2026-12-01",
        "--reason",
        "r",
        "--key",
        &bench.key,
    ];
    assert_eq!(code_of(&[&withdrawn[..], &tail].concat()), 0);
    assert_eq!(at("2026-12-01", &["--status", &fork]), is("withdrawn"));
    let show = [
        "status",
        "show",
        &list,
        "--public-key",
        &bench.path("key.pub"),
    ];
    let shown = outcome(&show, "").1;
    assert_eq!(shown.lines().count(), 3, "{shown}");
}

#[test]
fn no_line_of_a_status_list_can_be_changed_moved_or_taken_out() {
    let bench = Bench::new();
    let list = bench.path("status.jsonl");
    for id in ["dc1-a", "dc1-b", "dc1-c"] {
        let head = [
            "status",
            "add",
            &list,
            "--certificate",
            id,
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
}

#[test]
fn a_key_is_written_once_for_its_owner_only() {
    let folder = Folder::new();
    let path = folder.0.path().join("new.key");
    let name = path.display().to_string();
    let (code, id, _) = outcome(&["keygen", "--output", &name], "");
    assert_eq!(code, 0);
    let private = PrivateKey::from_pem(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(id.trim(), private.public().id());
    let public = fs::read_to_string(format!("{name}.pub")).unwrap();
    assert_eq!(public, private.public().to_pem());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(code_of(&["keygen", "--output", &name]), 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), private.to_pem());
}
