//! Keeps `www/messages.d.ts` equal to what the messages are in Rust.

use std::{collections::BTreeMap, env, fs, path::Path};

use ts_rs::{Config, TS, TypeVisitor};

use super::{Event, Reply, Request};

const HEADER: &str = "\
// Made from src/adapter/messages.rs: do not edit. After a change there, run
// UPDATE_TYPES=1 cargo test --lib typescript
";

#[test]
fn typescript_is_up_to_date() {
    let mut declarations = Declarations::default();
    declarations.visit::<Request>();
    declarations.visit::<Reply>();
    declarations.visit::<Event>();
    let mut text = HEADER.to_owned();
    for name in ["Request", "Reply", "Event"] {
        text += &declarations.by_name.remove(name).unwrap_or_default();
    }
    text.extend(declarations.by_name.into_values());

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/messages.d.ts");
    if env::var_os("UPDATE_TYPES").is_some() {
        fs::write(&path, &text).expect("www can be written to");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "www/messages.d.ts is stale: run UPDATE_TYPES=1 cargo test --lib typescript"
    );
}

/// The declarations of types and of all that they name. They are sorted, because the order in
/// which a type names others changes with each compilation.
#[derive(Default)]
struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types that are TypeScript's own, such as numbers, have no file to be exported to.
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(&self.config);
        if self.by_name.contains_key(&name) {
            return;
        }
        let docs = short_comments(&T::docs().unwrap_or_default());
        let body = tidy(&T::decl(&self.config));
        self.by_name.insert(name, format!("\n{docs}export {body}"));
        T::visit_dependencies(self);
    }
}

/// Puts each variant and each member of a declaration on a line of its own.
fn tidy(declaration: &str) -> String {
    let variant = " | { \"type\"";
    let text = declaration.replace("= { \"type\"", &format!("={variant}"));
    let (indent, end) =
        if text.contains(variant) { ("      ", ",\n    }") } else { ("  ", ",\n}") };
    let text = short_comments(&text).replace(variant, &format!("\n {variant}")).replace(", }", end);

    let mut tidied = String::new();
    for (number, line) in text.lines().enumerate() {
        let is_member = number > 0 && !line.starts_with([' ', '}']) || line.starts_with(" *");
        tidied += if is_member { indent } else { "" };
        tidied += line.trim_end();
        tidied += "\n";
    }
    tidied
}

/// Writes comments of one line as `/** such */`.
fn short_comments(text: &str) -> String {
    let mut parts = text.split("/**\n * ");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("\n */") {
            Some((comment, rest)) if !comment.contains('\n') => {
                result += &format!("/** {comment} */{rest}");
            }
            _ => result += &format!("/**\n * {part}"),
        }
    }
    result
}
