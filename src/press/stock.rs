//! The default theme's files as a theme maker meets them: what each is, what it is handed, and its text to begin with.
//! It knows nothing of a site.

use crate::base::language;
use crate::plan::{Page, handed};
use crate::press::frame;
use crate::press::reach::Reach;
use crate::read::theme;
use std::path::Path;

/// A file of the default theme.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is called: `brief.html`, `partials/footer.html`, `search.js`.
    pub name: String,
    /// Where a site has its own, from the site's root.
    pub file: String,
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'static str,
}

/// What a file of a theme is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A page is set in it.
    Layout,
    /// What layouts extend or call.
    Frame,
    /// A layout or the frame includes it.
    Partial,
    /// How pages look.
    Stylesheet,
    /// What runs in a page.
    Script,
    /// A picture.
    Picture,
    /// The interface's words in a language.
    Words,
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Layout => "layout",
            Kind::Frame => "frame",
            Kind::Partial => "partial",
            Kind::Stylesheet => "stylesheet",
            Kind::Script => "script",
            Kind::Picture => "picture",
            Kind::Words => "words",
        }
    }
}

/// Every file of the default theme, by kind and name.
pub fn items() -> Vec<Item> {
    let templates = theme::templates().into_iter().map(|(name, text)| {
        let file = format!("templates/{name}");
        Item { kind: template_kind(&name), name, file, text }
    });
    let files = theme::static_files().into_iter().filter_map(|(name, bytes)| {
        let file = format!("static/{name}");
        Some(Item { kind: static_kind(&name), name, file, text: std::str::from_utf8(bytes).ok()? })
    });
    let mut all: Vec<Item> = templates.chain(files).collect();
    all.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    all
}

fn template_kind(name: &str) -> Kind {
    match name.split_once('/') {
        _ if Page::LAYOUTS.contains(&name) => Kind::Layout,
        Some(("strings", _)) => Kind::Words,
        Some(_) => Kind::Partial,
        None => Kind::Frame,
    }
}

fn static_kind(name: &str) -> Kind {
    match name.rsplit_once('.') {
        Some((_, "css")) => Kind::Stylesheet,
        Some((_, "js")) => Kind::Script,
        _ => Kind::Picture,
    }
}

impl Item {
    /// One sentence: the first that it says of itself.
    pub fn about(&self) -> String {
        let own = match self.kind {
            Kind::Words => {
                let tag = Path::new(&self.name).file_stem().and_then(|stem| stem.to_str());
                return format!(
                    "The words of the interface: {}",
                    language::own_name(tag.unwrap_or_default())
                );
            }
            Kind::Picture => return "The icon".to_owned(),
            Kind::Stylesheet => self.text.strip_prefix("/*"),
            Kind::Script => self.text.strip_prefix("//"),
            Kind::Layout | Kind::Frame | Kind::Partial => self.text.strip_prefix("{#-"),
        };
        let sentence = own.unwrap_or_default().split(['.', '\n', '*']).next().unwrap_or_default();
        sentence.trim().to_owned()
    }

    /// Its text for a site's own copy: the same, and a line on what it is handed.
    pub fn copy(&self) -> String {
        let told = self.told();
        match self.kind {
            Kind::Layout | Kind::Frame | Kind::Partial => format!("{{#- {told} -#}}\n{}", self.text),
            Kind::Stylesheet => format!("/* {told} */\n{}", self.text),
            Kind::Script => format!("// {told}\n{}", self.text),
            Kind::Words => format!("# {told}\n{}", self.text),
            Kind::Picture => self.text.to_owned(),
        }
    }

    fn told(&self) -> String {
        let name = &self.name;
        match self.kind {
            Kind::Layout => format!("The site's own `{name}`. {}", handed_to(name)),
            Kind::Partial if frame::TEMPLATES.iter().any(|(_, template)| template == name) => {
                let handed = frame::HANDED.join("`, `");
                format!("The site's own `{name}`. It is handed `front`, `{handed}`, and nothing of the page.")
            }
            Kind::Partial => {
                format!("The site's own `{name}`. It is handed what is at hand in {}.", users(name))
            }
            Kind::Frame if name == "base.html" => {
                format!(
                    "The site's own `{name}`. It is handed what the layout is that extends it: `dateline theme parts`."
                )
            }
            Kind::Frame => format!("The site's own `{name}`. A component is handed what stands in its head."),
            Kind::Stylesheet | Kind::Script => {
                format!("The site's own `{name}`: it takes the place of the theme's. It is handed nothing.")
            }
            Kind::Words => format!("The site's own `{name}`: it must be whole."),
            Kind::Picture => String::new(),
        }
    }
}

/// What a layout is handed, beside what every one is.
fn handed_to(layout: &str) -> String {
    let own = handed::names(layout).join("`, `");
    let more = format!("`dateline theme parts {layout}` says what they are.");
    format!("It is handed `{own}`, and what every layout is; {more}").replace("`` and", "and")
}

/// The layouts that reach a template.
fn users(template: &str) -> String {
    let all = theme::templates().into_iter().map(|(name, text)| (name, text.to_owned())).collect();
    let own = |name: &str| Some(name.to_owned());
    let reach = Reach::of(&all);
    let users = Page::LAYOUTS.into_iter().filter(|layout| reach.from(layout, &own).contains(template));
    let users: Vec<&str> = users.collect();
    format!("`{}`", users.join("`, `"))
}
