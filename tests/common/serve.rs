//! The real `dateline serve` and `dateline watch`, spoken to over plain sockets.

use super::{Desk, NOW, tree};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long something that has to happen may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The folder of a site's own HTML, which is copied as it is.
pub const COPIED: &str = "handbook/";

/// A command that goes on until it is ended.
pub struct Running {
    child: Child,
    said: Arc<Mutex<Vec<u8>>>,
}

/// A running preview.
pub struct Preview {
    /// Its process.
    pub running: Running,
    /// Where it listens.
    pub port: u16,
    /// The path of `base_url`.
    pub base: String,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, by names in small letters, as they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A connection that is kept.
pub struct Client {
    reader: BufReader<TcpStream>,
    port: u16,
}

/// The real binary.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// Waits until something is so; how long it took.
pub fn until(what: &str, mut so: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(3));
    }
    start.elapsed()
}

impl Running {
    /// Starts a command, and hears what it says.
    pub fn start(mut command: Command) -> Running {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        hear(child.stdout.take().unwrap(), said.clone());
        hear(child.stderr.take().unwrap(), said.clone());
        Running { child, said }
    }

    /// All that it said so far.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// The bytes of all that it said.
    pub fn bytes(&self) -> Vec<u8> {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it says something; fails when it ends before that.
    pub fn says(&mut self, what: &str) -> String {
        let start = Instant::now();
        loop {
            let ended = !self.lives();
            let said = self.said();
            if said.contains(what) {
                return said;
            }
            assert!(!ended && start.elapsed() < PATIENCE, "`{what}` is never said: {said}");
            thread::sleep(Duration::from_millis(3));
        }
    }

    /// Whether it goes on.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Its process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([format!("-{name}"), self.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        until("the end of a command", || !self.lives());
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn hear(mut from: impl Read + Send + 'static, into: Arc<Mutex<Vec<u8>>>) {
    thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            into.lock().unwrap().extend_from_slice(&piece[..length]);
        }
    });
}

impl Preview {
    /// Serves a site with the `now` of tests and without drafts, and waits for the first round.
    pub fn start(root: &Path, arguments: &[&str]) -> Preview {
        Preview::with(root, &[&["--now", NOW, "--no-drafts"], arguments].concat())
    }

    /// Serves a site with these arguments alone.
    pub fn with(root: &Path, arguments: &[&str]) -> Preview {
        let mut command = command(&["serve", "--port", "0", "--root"]);
        command.arg(root).args(arguments);
        Preview::of(command)
    }

    /// A command that serves a site, as it stands.
    pub fn of(command: Command) -> Preview {
        let mut running = Running::start(command);
        let said = running.says("Ctrl-C ends");
        let address = said.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        let (host, base) = address.split_at(address.find('/').unwrap());
        let port = host.rsplit(':').next().unwrap().parse().unwrap();
        Preview { running, port, base: base.to_owned() }
    }

    /// A new connection to it.
    pub fn client(&self) -> Client {
        Client::new(self.port)
    }

    /// Asks for a path below `base_url`'s.
    pub fn get(&self, path: &str) -> Response {
        self.client().ask("GET", &format!("{}{}", self.base, encoded(path)))
    }

    /// What it answers for a page, without the line that it puts in.
    pub fn page(&self, path: &str) -> String {
        String::from_utf8_lossy(&without_line(path, self.get(path).body)).into_owned()
    }

    /// What a tab is told of the site's front page.
    pub fn told(&self) -> String {
        let mut client = self.client();
        let path = format!("/.dateline/events?address={}", self.base);
        client.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
        client.head();
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(client.reader.read_line(&mut line).unwrap() > 0, "the events end");
        }
        line
    }

    /// How many errors the pages say there are.
    pub fn errors(&self) -> u64 {
        let told: serde_json::Value = serde_json::from_str(&self.told()["data: ".len()..]).unwrap();
        told["problems"]["errors"].as_u64().unwrap()
    }

    /// What it answers for each of these paths, without the line that it puts in.
    pub fn all<'a>(&self, paths: impl IntoIterator<Item = &'a String>) -> BTreeMap<String, Vec<u8>> {
        let mut client = self.client();
        let mut answer = |path: &String| {
            let response = client.ask("GET", &format!("{}{}", self.base, encoded(path)));
            match response.status {
                200 => without_line(path, response.body),
                status => format!("status {status}").into_bytes(),
            }
        };
        paths.into_iter().map(|path| (path.clone(), answer(path))).collect()
    }

    /// The paths at which it does not answer what a clean build of the real binary writes; the build's flags are
    /// those of [`Preview::start`] and these.
    pub fn differing(&self, desk: &Desk, flags: &[&str]) -> Vec<String> {
        let built = clean(desk, flags);
        let answers = self.all(built.keys());
        built.into_iter().filter(|(path, bytes)| answers[path] != *bytes).map(|(path, _)| path).collect()
    }

    /// Waits until it answers at every path what a clean build writes.
    pub fn becomes_clean(&self, desk: &Desk, flags: &[&str], when: &str) {
        let start = Instant::now();
        loop {
            let differing = self.differing(desk, flags);
            if differing.is_empty() {
                return;
            }
            let said = self.running.said();
            assert!(start.elapsed() < PATIENCE, "{when}: these differ: {differing:?}\n{said}");
        }
    }
}

/// What a clean build of a site by the real binary writes, with the `now` of tests and these flags.
pub fn clean(desk: &Desk, flags: &[&str]) -> BTreeMap<String, Vec<u8>> {
    built(&desk.root(), &[&["--now", NOW], flags].concat())
}

/// What a clean build by the real binary writes; it leaves nothing at the site.
pub fn built(root: &Path, flags: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let before = tree(&root.join(".dateline"));
    let mut command = command(&["build", "--root"]);
    let output = command.arg(root).arg("--out").arg(out.path()).args(flags).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let own = root.join(".dateline");
    for path in tree(&own).keys().filter(|path| !before.contains_key(*path)) {
        fs::remove_file(own.join(path)).unwrap();
    }
    let _ = fs::remove_dir(own);
    tree(out.path())
}

/// A page as it is published: without the one line that the preview puts in. Fails where there is not just one.
pub fn without_line(path: &str, body: Vec<u8>) -> Vec<u8> {
    if !path.ends_with(".html") || path.starts_with(COPIED) {
        return body;
    }
    let start = b"<script src=\"/.dateline/preview.js\" data-page=\"";
    let places: Vec<usize> =
        body.windows(start.len()).enumerate().filter(|(_, w)| w == start).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{path}: {}", String::from_utf8_lossy(&body));
    let end = places[0] + body[places[0]..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let line = String::from_utf8_lossy(&body[places[0]..end]);
    assert!(line.ends_with(" defer></script>\n"), "{path}: {line}");
    [&body[..places[0]], &body[end..]].concat()
}

/// A path as browsers send it.
pub fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_~".contains(&byte);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

impl Client {
    /// Connects.
    pub fn new(port: u16) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Client { reader: BufReader::new(stream), port }
    }

    /// Sends bytes as they are; whether they could be.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.reader.get_mut().write_all(bytes).is_ok()
    }

    /// Asks and waits for the answer. A connection that was idle for too long is opened again.
    pub fn ask(&mut self, method: &str, path: &str) -> Response {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        if self.send(request.as_bytes())
            && let Some(response) = self.response(method == "HEAD")
        {
            return response;
        }
        *self = Client::new(self.port);
        assert!(self.send(request.as_bytes()), "{path}: the connection broke");
        self.response(method == "HEAD").unwrap_or_else(|| panic!("{path}: no answer"))
    }

    /// The next response; `None` where the connection ends.
    pub fn response(&mut self, head: bool) -> Option<Response> {
        let (status, headers) = self.head()?;
        let header =
            |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let body = match header("content-length").map(|length| length.parse().unwrap()) {
            _ if head => Vec::new(),
            Some(length) => {
                let mut body = vec![0; length];
                self.reader.read_exact(&mut body).ok()?;
                body
            }
            None if header("transfer-encoding").is_some() => self.chunks()?,
            None => Vec::new(),
        };
        Some(Response { status, headers, body })
    }

    /// All bytes until the other side ends the connection, or says nothing for so long.
    pub fn rest(&mut self, patience: Duration) -> Vec<u8> {
        self.reader.get_mut().set_read_timeout(Some(patience)).unwrap();
        let mut all = Vec::new();
        let _ = self.reader.read_to_end(&mut all);
        all
    }

    /// The same connection once more, to write on.
    pub fn other(&self) -> Client {
        Client { reader: BufReader::new(self.reader.get_ref().try_clone().unwrap()), port: self.port }
    }

    /// Reads what is there, or waits for the first bytes.
    pub fn read_some(&mut self) {
        let _ = self.reader.fill_buf();
    }

    /// Whether the other side has ended it.
    pub fn has_ended(&mut self) -> bool {
        self.reader.get_mut().set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        let mut piece = [0; 4096];
        loop {
            match self.reader.read(&mut piece) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            }
        }
    }

    /// Says that nothing more is sent.
    pub fn finish(&mut self) {
        let _ = self.reader.get_mut().shutdown(Shutdown::Write);
    }

    fn head(&mut self) -> Option<(u16, Vec<(String, String)>)> {
        let first = self.line()?;
        let status = first.strip_prefix("HTTP/1.1 ").or(first.strip_prefix("HTTP/1.0 "));
        let status = status.unwrap_or_else(|| panic!("{first}"))[..3].parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else { return Some((status, headers)) };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.reader.read_line(&mut line).ok()?;
        (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn chunks(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line()?, 16).unwrap();
            let mut chunk = vec![0; length + 2];
            self.reader.read_exact(&mut chunk).ok()?;
            if length == 0 {
                return Some(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}

impl Response {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}
