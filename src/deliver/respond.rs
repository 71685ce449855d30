//! How the preview's answers look as HTTP: status, headers, and the one line that is put into a page.

use crate::deliver::preview::{Answer, Preview, Shown};
use crate::deliver::tab::{self, Tab};
use crate::read::markdown::escaped;
use http_body_util::channel::{Channel, Sender};
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};
use std::fs;
use std::io::Read;
use std::path::Path;

/// Where the preview's own files are. Nothing of a site can be there: names with a dot are not read.
pub const OWN: &str = "/.dateline/";

/// What a request under a foreign name is told.
pub const WRONG_HOST: &str =
    "This preview answers only to names of its own machine. `--allow-host NAME` adds one.\n";

/// What is said when printing a page fails in a way that no one foresaw.
pub const BROKEN: &str =
    "dateline failed while it printed this page. The preview goes on; please report it.\n";

/// How much of a file is read at once.
const PIECE: usize = 64 * 1024;

/// A response.
pub type Reply = Response<Body>;

/// A body: whole, or as it comes.
pub type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// A body that is sent as it comes, and what is said into it.
pub fn streamed() -> (Sender<Bytes>, Body) {
    let (say, body) = Channel::new(1);
    (say, Either::Right(body))
}

/// A file being sent.
pub struct File(fs::File);

impl File {
    /// The next piece; `None` at the end, or where it can no longer be read.
    pub fn piece(mut self) -> (File, Option<Bytes>) {
        let mut piece = vec![0; PIECE];
        let length = self.0.read(&mut piece).unwrap_or_default();
        piece.truncate(length);
        (self, (length > 0).then(|| piece.into()))
    }
}

/// The response of an answer, and the file to be sent in it.
pub fn answer(preview: &Preview, shown: &Shown, answer: Answer) -> (Reply, Option<File>) {
    match answer {
        Answer::Sheet { page, bytes, missing } => {
            let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
            let bytes =
                if page.ends_with(".html") { with_line(shown, &page, &bytes) } else { bytes.to_vec() };
            (whole(status, kind(&page), bytes), None)
        }
        Answer::File { page, path } => file(&page, &path),
        Answer::Moved(to) => (moved(&to), None),
        Answer::Nothing => (text(StatusCode::NOT_FOUND, "Nothing has this address.\n"), None),
        Answer::Failed { page, problems } => {
            let told = tab::problems(preview, &problems).to_string();
            let told = format!(" data-problems=\"{}\"", escaped(&told));
            let html = FAILED.replace("{script}", &script(shown, &page, &told));
            (whole(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", html.into_bytes()), None)
        }
    }
}

/// The page that stands for one whose templates failed.
const FAILED: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>A template failed</title>\n{script}</head>\n",
    "<body>\n<main>\n<h1>A template failed</h1>\n<p>This page appears as soon as it is mended.</p>\n</main>\n",
    "</body>\n</html>\n"
);

/// A page's bytes with the line that names the preview's script, at the end of its head.
fn with_line(shown: &Shown, path: &str, bytes: &[u8]) -> Vec<u8> {
    let head = b"</head>";
    let at = bytes.windows(head.len()).position(|window| window == head).unwrap_or(bytes.len());
    [&bytes[..at], script(shown, path, "").as_bytes(), &bytes[at..]].concat()
}

/// The line that names the preview's script, and tells it which page this is; empty where the edition lacks it.
fn script(shown: &Shown, path: &str, more: &str) -> String {
    let Some(page) = shown.edition.page(path) else { return String::new() };
    let digest = tab::digest(&shown.edition, &shown.edition.set(page));
    format!(
        "<script src=\"{OWN}preview.js\" data-page=\"{}\" data-source=\"{}\" data-digest=\"{digest:?}\"{more} defer></script>\n",
        escaped(path),
        escaped(&page.claim.file)
    )
}

/// The preview's own files.
pub fn own(name: &str) -> Reply {
    match name {
        "preview.js" => {
            whole(StatusCode::OK, "text/javascript; charset=utf-8", include_bytes!("preview.js").to_vec())
        }
        "preview.css" => {
            whole(StatusCode::OK, "text/css; charset=utf-8", include_bytes!("preview.css").to_vec())
        }
        _ => text(StatusCode::NOT_FOUND, "The preview has no file of this name.\n"),
    }
}

/// A stream of events.
pub fn events(body: Body) -> Reply {
    with(Response::new(body), StatusCode::OK, "text/event-stream")
}

/// An event: a round's number, and what a tab is told.
pub fn event(round: u64, told: &str) -> String {
    format!("id: {round}\nretry: 500\ndata: {told}\n\n")
}

/// What a tab says of itself in a query.
pub fn tab(query: &str) -> Tab {
    let mut tab = Tab::default();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
        match name {
            // The path of an address is encoded once by the browser and once more to stand in a query.
            "address" => tab.address = value,
            "page" => tab.page = value,
            "source" => tab.source = value,
            _ => {}
        }
    }
    tab
}

/// A reply of plain text.
pub fn text(status: StatusCode, text: &'static str) -> Reply {
    whole(status, "text/plain; charset=utf-8", text.into())
}

/// The reply to a method that would change something.
pub fn not_allowed() -> Reply {
    let mut reply = text(StatusCode::METHOD_NOT_ALLOWED, "The preview only shows: GET and HEAD.\n");
    reply.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    reply.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    reply
}

/// The reply to HEAD: everything but the body.
pub fn without_body(reply: Reply) -> Reply {
    reply.map(|_| Either::Left(Full::default()))
}

fn moved(to: &str) -> Reply {
    let mut reply = text(StatusCode::FOUND, "");
    match HeaderValue::from_str(&utf8_percent_encode(to, CONTROLS).to_string()) {
        Ok(to) => {
            reply.headers_mut().insert(header::LOCATION, to);
            reply
        }
        Err(_) => text(StatusCode::NOT_FOUND, "Nothing has this address.\n"),
    }
}

fn file(page: &str, path: &Path) -> (Reply, Option<File>) {
    #[expect(clippy::disallowed_methods, reason = "a file of the edition that is copied is sent as it is")]
    let opened = fs::File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    match opened {
        Ok((length, file)) => {
            let mut reply = whole(StatusCode::OK, kind(page), Vec::new());
            reply.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            (reply, Some(File(file)))
        }
        Err(_) => (text(StatusCode::NOT_FOUND, "This file can no longer be read.\n"), None),
    }
}

fn whole(status: StatusCode, kind: &str, bytes: Vec<u8>) -> Reply {
    let length = bytes.len();
    let mut reply = with(Response::new(Either::Left(Full::new(bytes.into()))), status, kind);
    reply.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    reply
}

fn with(mut reply: Reply, status: StatusCode, kind: &str) -> Reply {
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    reply
}

/// The kind of a file by its name.
fn kind(path: &str) -> &'static str {
    let kind = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    match kind {
        "text/html" => "text/html; charset=utf-8",
        "text/css" => "text/css; charset=utf-8",
        "text/plain" => "text/plain; charset=utf-8",
        "text/xml" | "application/xml" => "application/xml; charset=utf-8",
        other => other,
    }
}
