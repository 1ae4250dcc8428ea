//! The static site: entry files whose names stay, and one folder, named by its contents, with all
//! that belongs together.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{
    data::{self, MANIFEST, Packed},
    http::HASH,
    mnist::{Mnist, hex},
    npm::{self, Packages},
    offline,
    paths::Paths,
    wasm,
};

/// Files by their path in a folder, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// uPlot's files.
const UPLOT: &str = "node_modules/uplot/dist";
/// What Keras gives on the same work, for the charts.
const KERAS: &str = "tests/keras/reference.json";
/// The folder's name in the sources.
const BUILD: &str = "\"build/";
/// What starts the page.
const MAIN: &str = "<script type=\"module\" src=\"build/main.js\"></script>\n";
/// The networks' program, which the page fetches first.
const MODULE: &str = "pkg/mnist_cubic_bg.wasm";
/// The data's folder in the sources.
const DATA: &str = "\"data/\"";

/// Compiles the networks and makes the site for this machine; returns its folder. Without MNIST
/// its digits are synthetic.
pub fn build(paths: &Paths, mnist: Option<&Mnist>) -> Result<PathBuf> {
    let folder = paths.target.join("site");
    let packed = data::pack(paths, mnist)?;
    npm::install(&paths.www(), Packages::Page)?;
    wasm::build(paths)?;
    assemble(paths, &packed, &folder)?;
    Ok(folder)
}

/// Makes the site in `folder`, from `www`, `www/pkg` and the data.
pub fn assemble(paths: &Paths, data: &Packed, folder: &Path) -> Result<()> {
    let www = paths.www();
    let mut sources = Files::new();
    read_folder(&www, "", &mut sources)?;
    // uPlot's short form is a script with one global; the page imports a module.
    let mut uplot = read(&www.join(UPLOT).join("uPlot.iife.min.js"))?;
    uplot.extend(b"\nexport default uPlot;\n");
    sources.insert("uPlot.esm.js".into(), uplot);
    sources.insert("uPlot.min.css".into(), read(&www.join(UPLOT).join("uPlot.min.css"))?);
    sources.insert("keras-reference.json".into(), read(&paths.root.join(KERAS))?);

    let (entries, versioned): (Files, Files) =
        sources.into_iter().partition(|(path, _)| is_entry(path));
    if !entries.contains_key("index.html") {
        bail!("{} has no index.html", www.display());
    }
    let build = hash(&versioned);
    let preloads = preloads(&versioned);
    let manifest = read(&data.folder.join(MANIFEST))?;
    let data_build = format!("data/{}", &hex(&manifest)[..HASH]);

    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    for (path, contents) in &versioned {
        write(&folder.join(&build).join(path), contents)?;
    }
    write(&folder.join(&data_build).join(MANIFEST), &manifest)?;
    for file in data.manifest.digits.values().flat_map(|digit| digit.files()) {
        let contents = read(&data.folder.join(&file.file))?;
        write(&folder.join(&data_build).join(&file.file), &contents)?;
    }
    let mut files: Files = entries
        .into_iter()
        .map(|(path, contents)| (path, name_folders(contents, &preloads, &build, &data_build)))
        .collect();
    let worker = files.remove(offline::WORKER);
    for (path, contents) in &files {
        write(&folder.join(path), contents)?;
    }
    if let Some(worker) = worker {
        let policy = offline::policy(str::from_utf8(&files["index.html"])?)?;
        let versioned = versioned.into_iter();
        files.extend(versioned.map(|(path, contents)| (format!("{build}/{path}"), contents)));
        let worker = offline::fill(str::from_utf8(&worker)?, &files, &policy)?;
        write(&folder.join(offline::WORKER), worker.as_bytes())?;
    }
    Ok(())
}

/// Elements that let the browser fetch all parts of the page at once, which it would otherwise find
/// one import after another.
fn preloads(files: &Files) -> String {
    let modules = files.keys().filter(|path| {
        let in_worker = path.starts_with("pkg/") || *path == "worker.js";
        path.ends_with(".js") && !in_worker && *path != "main.js"
    });
    let modules: String = modules
        .map(|path| format!("<link rel=\"modulepreload\" href=\"build/{path}\">\n"))
        .collect();
    format!(
        "<link rel=\"preload\" href=\"build/{MODULE}\" as=\"fetch\" type=\"application/wasm\" \
         crossorigin>\n{modules}"
    )
}

/// Puts the folders' names into an entry file, and the preloads into the page.
fn name_folders(contents: Vec<u8>, preloads: &str, build: &str, data: &str) -> Vec<u8> {
    match String::from_utf8(contents) {
        Ok(text) => text
            .replace(MAIN, &format!("{MAIN}{preloads}"))
            .replace(BUILD, &format!("\"{build}/"))
            .replace(DATA, &format!("\"{data}/\""))
            .into_bytes(),
        Err(image) => image.into_bytes(),
    }
}

/// Whether a file lies at the top of the site, under the name that it has in `www`: what people
/// and browsers come back to.
fn is_entry(path: &str) -> bool {
    matches!(path, "index.html" | "manifest.webmanifest" | "sw.js") || path.starts_with("icon")
}

/// Whether a file of `www` is for its authors.
fn is_tool(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with(".d.ts")
        || name.starts_with("tsconfig")
        || matches!(
            name,
            "eslint.config.js" | "node_modules" | "package.json" | "package-lock.json"
        )
}

/// Reads the files of a folder and its folders.
fn read_folder(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().context("a file name that is not UTF-8")?;
        if is_tool(name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, read(&entry.path())?);
        }
    }
    Ok(())
}

/// A name for the contents.
pub fn hash(files: &Files) -> String {
    let mut all = Sha256::new();
    for (path, contents) in files {
        all.update(format!("{path} {}\n", hex(contents)));
    }
    let mut hash = hex(&all.finalize());
    hash.truncate(HASH);
    hash
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn write(path: &Path, contents: &[u8]) -> Result<()> {
    let folder = path.parent().map_or(PathBuf::new(), Path::to_path_buf);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, contents))
        .with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::{collections::BTreeSet, env};

    use super::*;
    use crate::data::Manifest;

    const SOURCES: &[(&str, &str)] = &[
        (
            "www/index.html",
            concat!(
                r#"<meta http-equiv="Content-Security-Policy" content="default-src 'self'">"#,
                r#"<meta name="data" content="data/">"#,
                "<script type=\"module\" src=\"build/main.js\"></script>\n"
            ),
        ),
        (
            "www/sw.js",
            "const VERSION = \"\";\nconst DATA = \"data/\";\nconst POLICY = \"\";\nconst FILES = {};",
        ),
        ("www/manifest.webmanifest", "{}"),
        ("www/icon.svg", "<svg/>"),
        ("www/main.js", r#"import "./views/pad.js"; // "data/""#),
        ("www/views/pad.js", ""),
        ("www/messages.d.ts", ""),
        ("www/tsconfig.page.json", ""),
        ("www/package.json", ""),
        ("www/node_modules/uplot/dist/uPlot.iife.min.js", ""),
        ("www/node_modules/uplot/dist/uPlot.min.css", ""),
        ("www/pkg/mnist_cubic_bg.wasm", ""),
        ("tests/keras/reference.json", "{}"),
        ("data/manifest.json", "{}"),
    ];

    /// Assembles and returns the files of the site.
    fn assemble_in(top: &Path) -> (String, BTreeSet<String>) {
        let paths = Paths { root: top.to_path_buf(), target: top.join("target") };
        let data = Packed {
            folder: top.join("data"),
            manifest: Manifest { source: "mnist".into(), digits: BTreeMap::new() },
        };
        let site = top.join("dist");
        assemble(&paths, &data, &site).unwrap();
        let mut files = Files::new();
        read_folder(&site, "", &mut files).unwrap();
        let index = String::from_utf8(files["index.html"].clone()).unwrap();
        (index, files.into_keys().collect())
    }

    #[test]
    fn assembles_a_site() {
        let top = env::temp_dir().join(format!("xtask-site-{}", std::process::id()));
        for (path, contents) in SOURCES {
            write(&top.join(path), contents.as_bytes()).unwrap();
        }
        let (index, files) = assemble_in(&top);
        let build = files.iter().find_map(|file| file.strip_suffix("/main.js")).unwrap();
        // The SHA-256 of "{}".
        let data = "data/44136fa355b3678a";
        let named = format!(
            r#"<meta name="data" content="{data}/"><script type="module" src="{build}/main.js"></script>
<link rel="preload" href="{build}/pkg/mnist_cubic_bg.wasm" as="fetch" type="application/wasm" crossorigin>
<link rel="modulepreload" href="{build}/uPlot.esm.js">
<link rel="modulepreload" href="{build}/views/pad.js">
"#
        );
        assert!(index.ends_with(&named), "{index}");
        let mut expected = BTreeSet::from(
            ["icon.svg", "index.html", "manifest.webmanifest", "sw.js"].map(String::from),
        );
        expected.insert(format!("{data}/manifest.json"));
        for file in [
            "keras-reference.json",
            "main.js",
            "pkg/mnist_cubic_bg.wasm",
            "uPlot.esm.js",
            "uPlot.min.css",
            "views/pad.js",
        ] {
            expected.insert(format!("{build}/{file}"));
        }
        assert_eq!(files, expected);
        let folder = top.join("dist").join(build);
        let main = fs::read_to_string(folder.join("main.js")).unwrap();
        assert!(main.ends_with(r#"// "data/""#), "only entry files are changed");
        let worker = fs::read_to_string(top.join("dist/sw.js")).unwrap();
        let (constants, list) = worker.split_once("const FILES = ").unwrap();
        let version = constants.lines().next().unwrap().to_owned();
        assert!(constants.contains(&format!("\nconst DATA = \"{data}/\";\n")));
        let policy = "const POLICY = \"default-src 'self'; frame-ancestors 'none'\";";
        assert!(constants.contains(policy), "{constants}");
        let list: BTreeMap<String, String> =
            serde_json::from_str(list.strip_suffix(';').unwrap()).unwrap();
        let mut kept = files.clone();
        kept.remove("sw.js");
        kept.remove(&format!("{data}/manifest.json"));
        assert_eq!(list.keys().cloned().collect::<BTreeSet<_>>(), kept);
        // The SHA-256 of nothing.
        assert_eq!(list[&format!("{build}/views/pad.js")], "e3b0c44298fc1c14");

        // Nothing of an old site stays, and other contents have another name.
        write(&top.join("www/views/pad.js"), b"// changed").unwrap();
        let (_, changed) = assemble_in(&top);
        assert!(!changed.contains(&format!("{build}/main.js")));
        assert_eq!(changed.len(), files.len());

        // Other words in the page alone are another version.
        write(&top.join("www/views/pad.js"), b"").unwrap();
        write(&top.join("www/index.html"), format!("{index} ").as_bytes()).unwrap();
        let (_, same) = assemble_in(&top);
        assert_eq!(same, files);
        let worker = fs::read_to_string(top.join("dist/sw.js")).unwrap();
        assert!(!worker.starts_with(&version));
        fs::remove_dir_all(top).unwrap();
    }
}
